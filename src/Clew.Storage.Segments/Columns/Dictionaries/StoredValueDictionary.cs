namespace Clew.Storage.Segments;

/// <summary>
/// A dictionary as it lies in a segment: sorted values in blocks that are compressed each alone, so that reading or finding one value costs one block. What
/// was decompressed is kept as long as the cache has room.
/// </summary>
internal sealed partial class StoredValueDictionary : ValueDictionary
{
    private readonly Entry[] entries;
    private readonly ReadOnlyMemory<byte> separators;
    private readonly ReadOnlyMemory<byte> stored;
    private readonly DictionaryBlock?[] blocks;
    private readonly string where;
    private readonly long sectionOffset;

    private StoredValueDictionary(int count, Entry[] entries, ReadOnlyMemory<byte> separators, ReadOnlyMemory<byte> stored, string where, long sectionOffset)
    {
        Count = count;
        this.entries = entries;
        this.separators = separators;
        this.stored = stored;
        this.where = where;
        this.sectionOffset = sectionOffset;
        blocks = new DictionaryBlock?[entries.Length];
    }

    public override int Count { get; }

    public override bool IsSorted => true;

    public override ReadOnlySpan<byte> this[uint code]
    {
        get
        {
            int number = NumberOf(code);
            return Block(number)[(int)code - entries[number].FirstCode];
        }
    }

    public override ReadOnlySpan<byte> Read(uint code, DictionaryScratch scratch)
    {
        if (scratch.Number < 0 || code < entries[scratch.Number].FirstCode || code >= EndOf(scratch.Number))
        {
            int number = NumberOf(code);
            scratch.Number = -1;
            Fill(scratch.Block, number);
            scratch.Number = number;
        }
        return scratch.Block[(int)code - entries[scratch.Number].FirstCode];
    }

    public override bool TryFind(ReadOnlySpan<byte> value, out uint code)
    {
        code = 0;
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (Separator(middle).SequenceCompareTo(value) <= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        // The last block whose separator is not above the value; before the first there is nothing.
        if (high < 0)
            return false;
        int index = Block(high).IndexOf(value);
        if (index < 0)
            return false;
        code = (uint)(entries[high].FirstCode + index);
        return true;
    }

    public override RowBitmap Match(ValueQuestion question)
    {
        if (question.Needle is not { } needle)
            return base.Match(question);
        RowBitmap codes = RowBitmap.Rent(Count);
        var scratch = new DictionaryBlock();
        try
        {
            for (int number = 0; number < entries.Length; number++)
            {
                DictionaryBlock? kept = Volatile.Read(ref blocks[number]);
                // Most blocks end here, without one of their values having been looked at.
                if (kept is null && !LoadIfItMayHave(needle, number, scratch))
                    continue;
                DictionaryBlock block = kept ?? scratch;
                for (int index = block.NextWith(needle, 0); index >= 0; index = block.NextWith(needle, index + 1))
                {
                    if (question.HoldsFor(block[index]))
                        codes.Set(entries[number].FirstCode + index);
                }
            }
            return codes;
        }
        catch
        {
            codes.Dispose();
            throw;
        }
    }

    private ReadOnlySpan<byte> Separator(int number) => separators.Span.Slice(entries[number].SeparatorStart, entries[number].SeparatorBytes);

    private int EndOf(int number) => number + 1 < entries.Length ? entries[number + 1].FirstCode : Count;

    private int NumberOf(uint code)
    {
        if (code >= (uint)Count)
            throw NoSuchCode(code, Count);
        int low = 0, high = entries.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (entries[middle].FirstCode <= (int)code)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private DictionaryBlock Block(int number)
    {
        if (Volatile.Read(ref blocks[number]) is { } kept)
        {
            kept.Touch();
            return kept;
        }
        var block = new DictionaryBlock();
        Fill(block, number);
        DictionaryBlockCache.Shared.Add(block, blocks, number);
        return block;
    }

    private void Fill(DictionaryBlock block, int number)
    {
        Load(block, number);
        Divide(block, number);
    }

    private bool LoadIfItMayHave(byte[] needle, int number, DictionaryBlock block)
    {
        Load(block, number);
        if (!block.MayHave(needle))
            return false;
        Divide(block, number);
        return true;
    }

    private void Load(DictionaryBlock block, int number) =>
        Check(block.Load(stored.Span.Slice(entries[number].StoredStart, entries[number].StoredBytes), entries[number].RawBytes), number);

    private void Divide(DictionaryBlock block, int number)
    {
        int count = EndOf(number) - entries[number].FirstCode;
        Check(block.Divide(count), number);
        if (block[0].SequenceCompareTo(Separator(number)) < 0)
            Check("its first value does not come after those before it", number);
        if (number + 1 < entries.Length && block[count - 1].SequenceCompareTo(Separator(number + 1)) >= 0)
            Check("its last value does not come before those after it", number);
    }

    private void Check(string? wrong, int number)
    {
        if (wrong is not null)
            throw new SegmentFormatException($"in block {number} {wrong}", where, sectionOffset);
    }

    /// <summary>Where a block lies.</summary>
    /// <param name="FirstCode">The code of its first value.</param>
    /// <param name="RawBytes">Its bytes decompressed; equal to <paramref name="StoredBytes"/> when it is not compressed.</param>
    /// <param name="StoredStart">Where it begins behind the table of blocks.</param>
    /// <param name="StoredBytes">Its bytes there.</param>
    /// <param name="SeparatorStart">Where its separator begins among all of them.</param>
    /// <param name="SeparatorBytes">The separator's length.</param>
    private readonly record struct Entry(int FirstCode, int RawBytes, int StoredStart, int StoredBytes, int SeparatorStart, int SeparatorBytes);
}
