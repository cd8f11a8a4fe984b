using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clew.Bench;

/// <summary>
/// The floor a decoder is measured against: visits every field of an OTLP request, goes into every submessage, reads every tag, length and number, and keeps
/// nothing but a checksum that stops the compiler from leaving the reads out. It trusts its input and checks no bounds, which a decoder cannot.
/// </summary>
internal static class WireWalk
{
    // What a length-delimited field holds, by schema and field number: a leaf, or a submessage of that schema.
    private const byte Leaf = 0, ResourceSpans = 1, Resource = 2, ScopeSpans = 3, Scope = 4, Span = 5, Event = 6, Link = 7, KeyValue = 8, AnyValue = 9, List = 10, Status = 11, Request = 12;

    private const int FieldsMax = 32;

    private static readonly byte[] Submessages = Build(
        (Request, 1, ResourceSpans),
        (ResourceSpans, 1, Resource),
        (ResourceSpans, 2, ScopeSpans),
        (Resource, 1, KeyValue),
        (ScopeSpans, 1, Scope),
        (ScopeSpans, 2, Span),
        (Scope, 3, KeyValue),
        (Span, 9, KeyValue),
        (Span, 11, Event),
        (Span, 13, Link),
        (Span, 15, Status),
        (Event, 3, KeyValue),
        (Link, 4, KeyValue),
        (KeyValue, 2, AnyValue),
        (AnyValue, 5, List),
        (List, 1, AnyValue));

    private static byte[] Build(params (byte Schema, int Field, byte Submessage)[] entries)
    {
        byte[] table = new byte[(Request + 1) * FieldsMax];
        foreach ((byte schema, int field, byte submessage) in entries)
            table[schema * FieldsMax + field] = submessage;
        return table;
    }

    public static ulong Run(ReadOnlySpan<byte> payload)
    {
        ref byte start = ref MemoryMarshal.GetReference(payload);
        return Walk(ref start, ref Unsafe.Add(ref start, payload.Length), Request);
    }

    private static ulong Walk(ref byte at, ref byte end, int schema)
    {
        ref byte fields = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Submessages), schema * FieldsMax);
        ulong sum = 0;
        int bytes;
        while (Unsafe.IsAddressLessThan(ref at, ref end))
        {
            ulong tag = Varint(ref at, out bytes);
            at = ref Unsafe.Add(ref at, bytes);
            switch (tag & 7)
            {
                case 0:
                    sum += Varint(ref at, out bytes);
                    at = ref Unsafe.Add(ref at, bytes);
                    break;
                case 1:
                    sum += Unsafe.ReadUnaligned<ulong>(ref at);
                    at = ref Unsafe.Add(ref at, 8);
                    break;
                case 5:
                    sum += Unsafe.ReadUnaligned<uint>(ref at);
                    at = ref Unsafe.Add(ref at, 4);
                    break;
                default:
                    ulong length = Varint(ref at, out bytes);
                    at = ref Unsafe.Add(ref at, bytes);
                    int inner = Unsafe.Add(ref fields, (int)(tag >> 3));
                    ref byte after = ref Unsafe.Add(ref at, (int)length);
                    sum += inner == Leaf ? length : Walk(ref at, ref after, inner);
                    at = ref after;
                    break;
            }
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Varint(ref byte at, out int bytes)
    {
        ulong value = at;
        bytes = 1;
        if (value >= 0x80)
        {
            value &= 0x7F;
            ulong next;
            do
            {
                next = Unsafe.Add(ref at, bytes);
                value |= (next & 0x7F) << (7 * bytes);
                bytes++;
            }
            while (next >= 0x80);
        }
        return value;
    }
}
