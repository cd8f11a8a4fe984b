using System.Diagnostics;
using System.Numerics;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// A list of ascending row numbers as varints (LEB128) of the distance to the one before, less one; the first is its own number. A batch of which all rows
/// were refused takes a byte a row.
/// </summary>
internal static class RejectedRows
{
    public static byte[] Encode(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            return [];
        byte[] encoded = new byte[EncodedBytes(rows)];
        int at = 0;
        int previous = -1;
        foreach (int row in rows)
        {
            uint rest = (uint)(row - previous - 1);
            for (; rest >= 0x80; rest >>= 7)
                encoded[at++] = (byte)(rest | 0x80);
            encoded[at++] = (byte)rest;
            previous = row;
        }
        Debug.Assert(at == encoded.Length);
        return encoded;
    }

    /// <summary>Null when the bytes are no such list.</summary>
    public static int[]? TryDecode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
            return [];
        int count = 0;
        foreach (byte value in encoded)
            count += value < 0x80 ? 1 : 0;
        int[] rows = new int[count];
        long previous = -1;
        for (int i = 0; i < count; i++)
        {
            ulong distance = 0;
            int shift = 0;
            byte value;
            do
            {
                value = encoded[0];
                encoded = encoded[1..];
                // A distance fits into 31 bits: five bytes.
                if (shift > 28)
                    return null;
                distance |= (ulong)(value & 0x7F) << shift;
                shift += 7;
            }
            while (value >= 0x80);
            previous += (long)distance + 1;
            if (previous > int.MaxValue)
                return null;
            rows[i] = (int)previous;
        }
        return encoded.IsEmpty ? rows : null;
    }

    private static int EncodedBytes(ReadOnlySpan<int> rows)
    {
        int bytes = 0;
        int previous = -1;
        foreach (int row in rows)
        {
            if (row <= previous)
                throw new ArgumentException($"Rejected rows must ascend from 0; {row} stands behind {previous}.", nameof(rows));
            uint distance = (uint)(row - previous - 1);
            bytes += distance == 0 ? 1 : (BitOperations.Log2(distance) + 7) / 7;
            previous = row;
        }
        return bytes;
    }
}
