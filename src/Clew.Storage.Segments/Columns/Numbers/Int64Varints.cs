namespace Clew.Storage.Segments;

/// <summary>
/// One block of varints of an <see cref="Int64Column"/>. All arithmetic wraps, so that any values, however far apart, come back.
/// </summary>
internal static class Int64Varints
{
    /// <summary>Bytes that <see cref="Encode"/> writes.</summary>
    public static int ByteCount(ReadOnlySpan<long> values, bool deltaOfDelta)
    {
        int bytes = Varint.ByteCount((ulong)values[0]);
        long before = 0;
        for (int i = 1; i < values.Length; i++)
        {
            long delta = unchecked(values[i] - values[i - 1]);
            bytes += Varint.ByteCount(Varint.ZigZag(unchecked(delta - before)));
            if (deltaOfDelta)
                before = delta;
        }
        return bytes;
    }

    /// <returns>How many bytes were written.</returns>
    public static int Encode(ReadOnlySpan<long> values, bool deltaOfDelta, Span<byte> destination)
    {
        int at = Varint.Write(destination, (ulong)values[0]);
        long before = 0;
        for (int i = 1; i < values.Length; i++)
        {
            long delta = unchecked(values[i] - values[i - 1]);
            at += Varint.Write(destination[at..], Varint.ZigZag(unchecked(delta - before)));
            if (deltaOfDelta)
                before = delta;
        }
        return at;
    }

    /// <summary>Decodes as many values as the destination has room for; false when the bytes do not hold as many.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> source, bool deltaOfDelta, Span<long> destination)
    {
        int at = 0;
        if (!Varint.TryRead(source, ref at, out ulong first))
            return false;
        long value = (long)first;
        destination[0] = value;
        long before = 0;
        for (int i = 1; i < destination.Length; i++)
        {
            if (!Varint.TryRead(source, ref at, out ulong next))
                return false;
            long delta = unchecked(before + Varint.UnZigZag(next));
            if (deltaOfDelta)
                before = delta;
            value = unchecked(value + delta);
            destination[i] = value;
        }
        return true;
    }
}
