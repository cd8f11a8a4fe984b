namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    private const byte Version = 1;

    /// <summary>One section: width (1 byte), count (varint), the packed bytes. Never compressed: scans read it where it lies.</summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Codes, Version);
        writer.WriteByte((byte)Width);
        writer.WriteVarint((ulong)Count);
        writer.WriteBytes(data.Span);
        writer.End(tryBrotli: false);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static BitPackedInts Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.Codes, Version);
        int width = section.ReadByte("the width");
        if (!IsWidth(width))
            throw section.Bad($"{width} is not a width that codes can have");
        if (section.ReadCount(int.MaxValue, "the count") is var found && found != count)
            throw section.Bad($"there are {found} values where {count} belong");
        ReadOnlyMemory<byte> packed = section.ReadBytes(ByteCount(width, count), "the values");
        section.ExpectEnd();
        return new BitPackedInts(packed, width, count);
    }
}
