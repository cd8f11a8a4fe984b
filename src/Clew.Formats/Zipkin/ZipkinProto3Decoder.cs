using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Reads a <c>zipkin.proto3.ListOfSpans</c>. As tolerant as Zipkin: unknown kinds, annotations without time or value and addresses of odd lengths are left out.
/// zipkin-go fills ids up with zero bytes (16 for a trace id of 64 bits, 8 for the parent of a root): they read as what they mean.
/// </summary>
internal static class ZipkinProto3Decoder
{
    private const byte FirstTag = (byte)ZipkinProto3Schema.Tags.Spans;

    /// <summary>Decodes the payload the builder was started with; an empty one is an empty list.</summary>
    /// <exception cref="SpanFormatException">Not well-formed, or a span without ids.</exception>
    public static void Decode(SpanBatchBuilder builder)
    {
        ReadOnlySpan<byte> payload = builder.Batch.Payload.Span;
        if (!payload.IsEmpty && payload[0] != FirstTag)
            throw new SpanFormatException("Expected a PROTO3 encoded list", 0);
        var rows = new ZipkinRows(builder, stackalloc int[ZipkinRows.RecentMax], stackalloc int[ZipkinRows.RecentMax]);
        new ZipkinProto3Reader(builder, rows).ReadList();
    }

    /// <summary>Whether the whole payload divides into spans: a run of fields number 1 with lengths that end where it ends.</summary>
    public static bool IsFramed(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (payload[0] != FirstTag)
                return false;
            uint length = 0;
            int at = 1;
            for (int shift = 0; ; shift += 7)
            {
                // More than four bytes of length would be a span of over 256 MiB.
                if (at == payload.Length || shift > 21)
                    return false;
                length |= (uint)(payload[at] & 0x7F) << shift;
                if (payload[at++] < 0x80)
                    break;
            }
            if (length > payload.Length - at)
                return false;
            payload = payload[(at + (int)length)..];
        }
        return true;
    }
}
