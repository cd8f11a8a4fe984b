using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

internal sealed partial class PresenceBitmap
{
    /// <summary>Adds the rows that have a value.</summary>
    public void AddTo(RowBitmap rows)
    {
        CheckRows(rows);
        switch (form)
        {
            case Form.All:
                rows.SetAll();
                break;
            case Form.Sparse:
                foreach (int row in Rows)
                    rows.Set(row);
                break;
            default:
                WordOperators.Apply<WordOr>(rows.Words, Words);
                break;
        }
    }

    /// <summary>Adds the rows whose value's position is set in <paramref name="positions"/>, which has one bit a value.</summary>
    public void Expand(RowBitmap positions, RowBitmap rows)
    {
        CheckRows(rows);
        if (positions.RowCount != Count)
            throw new ArgumentException($"There are {positions.RowCount} positions and {Count} values.", nameof(positions));
        if (positions.IsEmpty)
            return;
        switch (form)
        {
            case Form.All:
                rows.Or(positions);
                break;
            case Form.Sparse:
                ReadOnlySpan<int> present = Rows;
                foreach (int position in positions)
                    rows.Set(present[position]);
                break;
            default:
                ExpandDense(positions.Words, rows.Words);
                break;
        }
    }

    // Each word of 64 rows takes as many of the positions' bits as it has values, and deposits them where the values are.
    private void ExpandDense(ReadOnlySpan<ulong> positions, Span<ulong> rows)
    {
        ReadOnlySpan<ulong> words = Words;
        int position = 0;
        for (int i = 0; i < words.Length; i++)
        {
            ulong word = words[i];
            if (word == 0)
                continue;
            int index = position >> 6;
            int shift = position & 63;
            ulong bits = positions[index] >> shift;
            if (shift != 0 && index + 1 < positions.Length)
                bits |= positions[index + 1] << (64 - shift);
            rows[i] |= Deposit(bits, word);
            position += BitOperations.PopCount(word);
        }
    }

    /// <summary>Puts the low bits of <paramref name="bits"/>, in order, where <paramref name="mask"/> has ones.</summary>
    private static ulong Deposit(ulong bits, ulong mask) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(bits, mask) : DepositScalar(bits, mask);

    internal static ulong DepositScalar(ulong bits, ulong mask)
    {
        ulong result = 0;
        for (; mask != 0; mask &= mask - 1, bits >>= 1)
            result |= (bits & 1) != 0 ? mask & (0 - mask) : 0;
        return result;
    }

    private void CheckRows(RowBitmap rows)
    {
        if (rows.RowCount != RowCount)
            throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the column {RowCount}.", nameof(rows));
    }
}
