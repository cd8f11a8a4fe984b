using System.Buffers.Binary;

namespace Clew.Bench;

/// <summary>
/// The floor a decoder is measured against: visits every field of an OTLP request, goes into every submessage, reads every tag, length and number, and keeps
/// nothing but a checksum that stops the compiler from leaving the reads out. It checks bounds and nothing else.
/// </summary>
internal static class WireWalk
{
    // What a field of a message holds, by field number: a leaf, or a submessage of the schema.
    private const int LeafSchema = -1;

    private static readonly int[][] Schemas =
    [
        /* 0 request */ [LeafSchema, 1],
        /* 1 ResourceSpans */ [LeafSchema, 2, 3, LeafSchema],
        /* 2 Resource */ [LeafSchema, 8, LeafSchema],
        /* 3 ScopeSpans */ [LeafSchema, 4, 5, LeafSchema],
        /* 4 Scope */ [LeafSchema, LeafSchema, LeafSchema, 8, LeafSchema],
        /* 5 Span */ [LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, 8, LeafSchema, 6, LeafSchema, 7, LeafSchema, 11, LeafSchema],
        /* 6 Event */ [LeafSchema, LeafSchema, LeafSchema, 8, LeafSchema],
        /* 7 Link */ [LeafSchema, LeafSchema, LeafSchema, LeafSchema, 8, LeafSchema, LeafSchema],
        /* 8 KeyValue */ [LeafSchema, LeafSchema, 9],
        /* 9 AnyValue */ [LeafSchema, LeafSchema, LeafSchema, LeafSchema, LeafSchema, 10, 10, LeafSchema],
        /* 10 ArrayValue */ [LeafSchema, 9],
        /* 11 Status */ [LeafSchema, LeafSchema, LeafSchema, LeafSchema],
    ];

    public static ulong Run(ReadOnlySpan<byte> payload) => Walk(payload, 0);

    private static ulong Walk(ReadOnlySpan<byte> message, int schema)
    {
        int[] fields = Schemas[schema];
        ulong sum = 0;
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    sum += Varint(message, ref at);
                    break;
                case 1:
                    sum += BinaryPrimitives.ReadUInt64LittleEndian(message[at..]);
                    at += 8;
                    break;
                case 5:
                    sum += BinaryPrimitives.ReadUInt32LittleEndian(message[at..]);
                    at += 4;
                    break;
                default:
                    int length = (int)Varint(message, ref at);
                    int inner = fields[tag >> 3];
                    sum += inner == LeafSchema ? (ulong)length : Walk(message.Slice(at, length), inner);
                    at += length;
                    break;
            }
        }
        return sum;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = bytes[at++];
        if (value < 0x80)
            return value;
        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            ulong next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
