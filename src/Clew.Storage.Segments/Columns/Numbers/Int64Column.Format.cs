namespace Clew.Storage.Segments;

internal sealed partial class Int64Column
{
    private const byte Version = 1;

    /// <summary>
    /// One section: encoding (1 byte), count (varint), smallest value (8), unit (varint), bounds of chunks (16 each; none for a constant), then by encoding nothing, the
    /// values (8 each), or a block's offset each (4) and the varints. Packed differences follow as a section of codes.
    /// </summary>
    public void WriteTo(ColumnWriter writer)
    {
        if (Encoding == Int64Encoding.Plain && chunkBounds.IsEmpty && Count > 0)
            throw new InvalidOperationException("A view of a growing buffer is encoded before it is written.");
        writer.Begin(SectionType.Int64, Version);
        writer.WriteByte((byte)Encoding);
        writer.WriteVarint((ulong)Count);
        writer.WriteInt64(min);
        writer.WriteVarint(unit);
        writer.WriteBytes(chunkBounds.Span);
        writer.WriteBytes(blockOffsets.Span);
        writer.WriteBytes(values.Span);
        writer.End(tryBrotli: false);
        if (Encoding == Int64Encoding.Packed)
            codes.WriteTo(writer);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static Int64Column Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.Int64, Version);
        var encoding = (Int64Encoding)section.ReadByte("the encoding");
        if (!Enum.IsDefined(encoding))
            throw section.Bad($"encoding {encoding} is not known");
        if (section.ReadCount(int.MaxValue, "the count") is var found && found != count)
            throw section.Bad($"there are {found} values where {count} belong");
        long min = section.ReadInt64("the smallest value");
        ulong unit = section.ReadVarint("the unit");
        if (unit == 0)
            throw section.Bad("the unit is 0");
        ReadOnlyMemory<byte> bounds = encoding == Int64Encoding.Constant ? default : section.ReadBytes(ChunkCount(count) * 2L * sizeof(long), "the bounds of chunks");
        bool varints = encoding is Int64Encoding.Delta or Int64Encoding.DeltaOfDelta;
        ReadOnlyMemory<byte> offsets = varints ? section.ReadBytes((count + BlockRows - 1L) / BlockRows * sizeof(uint), "the offsets of blocks") : default;
        ReadOnlyMemory<byte> values = encoding == Int64Encoding.Plain ? section.ReadBytes((long)count * sizeof(long), "the values") : varints ? section.ReadRest() : default;
        section.ExpectEnd();
        BitPackedInts codes = encoding == Int64Encoding.Packed ? BitPackedInts.Read(reader, count) : default;
        return new Int64Column(count, encoding, min, unit, codes, values, offsets, bounds);
    }
}
