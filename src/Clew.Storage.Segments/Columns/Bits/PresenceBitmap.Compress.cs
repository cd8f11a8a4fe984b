using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

internal sealed partial class PresenceBitmap
{
    /// <summary>
    /// The positions of the values of <paramref name="rows"/>: the way back of <see cref="Expand"/>. What <paramref name="positions"/>, which has one bit a value,
    /// held is overwritten.
    /// </summary>
    public void Compress(RowBitmap rows, RowBitmap positions)
    {
        CheckRows(rows);
        if (positions.RowCount != Count)
            throw new ArgumentException($"There are {positions.RowCount} positions and {Count} values.", nameof(positions));
        positions.Clear();
        switch (form)
        {
            case Form.All:
                positions.Or(rows);
                break;
            case Form.Sparse:
                ReadOnlySpan<int> present = Rows;
                ReadOnlySpan<ulong> words = rows.Words;
                for (int position = 0; position < present.Length; position++)
                {
                    if ((words[present[position] >> 6] >> present[position] & 1) != 0)
                        positions.Set(position);
                }
                break;
            default:
                CompressDense(rows.Words, positions.Words);
                break;
        }
    }

    // Each word of 64 rows gives as many bits as it has values; they are put behind those that are there.
    private void CompressDense(ReadOnlySpan<ulong> rows, Span<ulong> positions)
    {
        ReadOnlySpan<ulong> words = Words;
        int position = 0;
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = words[i];
            if (word == 0)
                continue;
            ulong bits = Extract(rows[i], word);
            int shift = position & 63;
            int index = position >> 6;
            positions[index] |= bits << shift;
            position += BitOperations.PopCount(word);
            if (shift != 0 && position > (index + 1) << 6)
                positions[index + 1] |= bits >> (64 - shift);
        }
    }

    /// <summary>Collects the bits of <paramref name="bits"/> that stand where <paramref name="mask"/> has ones, in order, at the low end.</summary>
    private static ulong Extract(ulong bits, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(bits, mask) : ExtractScalar(bits, mask);

    internal static ulong ExtractScalar(ulong bits, ulong mask)
    {
        ulong result = 0;
        for (int position = 0; mask != 0; mask &= mask - 1, position++)
            result |= (bits >> BitOperations.TrailingZeroCount(mask) & 1) << position;
        return result;
    }
}
