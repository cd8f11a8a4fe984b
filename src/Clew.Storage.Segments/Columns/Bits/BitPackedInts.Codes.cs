namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    /// <summary>Adds the codes that stand in the given rows to <paramref name="found"/>.</summary>
    /// <exception cref="SegmentFormatException">A code is past the end of <paramref name="found"/>, which has one bit for each value there is.</exception>
    public void CollectCodes(RowBitmap rows, RowBitmap found)
    {
        CheckRows(rows);
        Span<uint> block = stackalloc uint[BlockRows];
        Span<ulong> words = found.Words;
        for (int start = 0; start < Count; start += BlockRows)
        {
            ReadOnlySpan<ulong> asked = Asked(rows, start, out int count);
            if (!asked.ContainsAnyExcept(0UL))
                continue;
            Unpack(start, block[..count]);
            foreach (int row in new RowBits(asked))
            {
                uint code = block[row];
                if (code >= (uint)found.RowCount)
                    throw ValueDictionary.NoSuchCode(code, found.RowCount);
                words[(int)(code >> 6)] |= 1UL << (int)code;
            }
        }
    }

    /// <summary>Adds to <paramref name="counts"/>, which has one for each value there is, how many of the given rows have its code.</summary>
    /// <exception cref="SegmentFormatException">A code is past the end of <paramref name="counts"/>.</exception>
    public void CountCodes(RowBitmap rows, Span<int> counts)
    {
        CheckRows(rows);
        Span<uint> block = stackalloc uint[BlockRows];
        for (int start = 0; start < Count; start += BlockRows)
        {
            ReadOnlySpan<ulong> asked = Asked(rows, start, out int count);
            if (!asked.ContainsAnyExcept(0UL))
                continue;
            Unpack(start, block[..count]);
            foreach (int row in new RowBits(asked))
            {
                uint code = block[row];
                if (code >= (uint)counts.Length)
                    throw ValueDictionary.NoSuchCode(code, counts.Length);
                counts[(int)code]++;
            }
        }
    }

    private ReadOnlySpan<ulong> Asked(RowBitmap rows, int start, out int count)
    {
        count = Math.Min(BlockRows, Count - start);
        return rows.Words.Slice(start >> 6, RowBitmap.WordCount(count));
    }

    /// <summary>Makes words of a bitmap enumerable on their own.</summary>
    private readonly ref struct RowBits(ReadOnlySpan<ulong> words)
    {
        private readonly ReadOnlySpan<ulong> words = words;

        public RowEnumerator GetEnumerator() => new(words);
    }
}
