namespace Clew.Storage.Segments;

internal sealed partial class FrozenValueDictionary
{
    private const byte Version = 1;

    /// <summary>One section: count (varint), length of each value (varint), the values' bytes; with Brotli when it pays.</summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Dictionary, Version);
        writer.WriteVarint((ulong)Count);
        for (int i = 0; i < Count; i++)
            writer.WriteVarint((ulong)At(i).Length);
        writer.WriteBytes(values.Span);
        writer.End(tryBrotli: true);
    }

    /// <exception cref="SegmentFormatException">The bytes are damaged, or the values are not in strictly ascending order.</exception>
    public static FrozenValueDictionary Read(ColumnReader reader)
    {
        SectionReader section = reader.Read(SectionType.Dictionary, Version);
        int count = section.ReadCount(ValuesMax, "the count");
        // Each length takes a byte at least, so what is allocated here is bounded by what is there.
        if (count > section.Remaining)
            throw section.Bad($"there are {count} values, but {section.Remaining} bytes are left");
        int[] ends = new int[count];
        int end = 0;
        for (int i = 0; i < count; i++)
            ends[i] = end += section.ReadCount(BytesMax - end, "the length of a value");
        var dictionary = new FrozenValueDictionary(ends, section.ReadBytes(end, "the values"));
        section.ExpectEnd();
        for (int i = 1; i < count; i++)
        {
            if (dictionary.At(i - 1).SequenceCompareTo(dictionary.At(i)) >= 0)
                throw section.Bad($"value {i} does not come after the one before it");
        }
        return dictionary;
    }
}
