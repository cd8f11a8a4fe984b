namespace Clew.Storage.Segments;

internal sealed partial class StoredValueDictionary
{
    internal const byte Version = 1;

    /// <summary>Reads the table of blocks; the blocks are read when they are asked for.</summary>
    /// <exception cref="SegmentFormatException">The bytes are damaged.</exception>
    public static StoredValueDictionary Read(ColumnReader reader)
    {
        SectionReader section = reader.Read(SectionType.Dictionary, Version);
        int count = section.ReadCount(ValuesMax, "the count");
        int blockCount = section.ReadCount(count, "the number of blocks");
        // Each block takes four bytes of the table at least, so what is allocated here is bounded by what is there.
        if (blockCount > section.Remaining / 4 || (count > 0) != (blockCount > 0))
            throw section.Bad($"there are {count} values in {blockCount} blocks, and {section.Remaining} bytes are left");
        var entries = new Entry[blockCount];
        int firstCode = 0, separatorStart = 0;
        long storedStart = 0;
        for (int i = 0; i < blockCount; i++)
        {
            int values = section.ReadCount(count - firstCode - (blockCount - 1 - i), "the number of values in a block");
            int raw = section.ReadCount(SectionHeader.SectionBytesMax, "the length of a block");
            int stored = section.ReadCount(raw, "the stored length of a block");
            int separator = section.ReadCount(BytesMax, "the length of a separator");
            if (values == 0 || raw < values || (values > 1 && raw > DictionaryBlock.SharedBytesMax))
                throw section.Bad($"block {i} has {values} values in {raw} bytes");
            if (storedStart + stored > section.Remaining || (long)separatorStart + separator > section.Remaining)
                throw section.Bad($"block {i} is longer than what is left");
            entries[i] = new Entry(firstCode, raw, (int)storedStart, stored, separatorStart, separator);
            firstCode += values;
            storedStart += stored;
            separatorStart += separator;
        }
        if (firstCode != count)
            throw section.Bad($"the blocks have {firstCode} values, not {count}");
        ReadOnlyMemory<byte> separators = section.ReadBytes(separatorStart, "the separators");
        ReadOnlyMemory<byte> blocks = section.ReadBytes(storedStart, "the blocks");
        section.ExpectEnd();
        var dictionary = new StoredValueDictionary(count, entries, separators, blocks, section.Where, section.Offset);
        for (int i = 1; i < blockCount; i++)
        {
            if (dictionary.Separator(i - 1).SequenceCompareTo(dictionary.Separator(i)) >= 0)
                throw section.Bad($"block {i} does not come after the one before it");
        }
        return dictionary;
    }
}
