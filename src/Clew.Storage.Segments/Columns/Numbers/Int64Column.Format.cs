namespace Clew.Storage.Segments;

internal sealed partial class Int64Column
{
    private const byte Version = 1, BucketedVersion = 2;

    /// <summary>
    /// One section: encoding (1 byte), count (varint), smallest value (8), unit (varint), bounds of chunks (16 each; none for a constant), then by encoding nothing, the
    /// values (8 each), or a block's offset each (4) and the varints. Packed differences follow as a section of codes. Buckets make it a higher version: their table (a byte for
    /// each bit length), the first bit of each run (4 bytes each) and the distances, and a section of codes behind it.
    /// </summary>
    public void WriteTo(ColumnWriter writer)
    {
        if (Encoding == Int64Encoding.Plain && chunkBounds.IsEmpty && Count > 0)
            throw new InvalidOperationException("A view of a growing buffer is encoded before it is written.");
        writer.Begin(SectionType.Int64, bucketed is null ? Version : BucketedVersion);
        writer.WriteByte((byte)Encoding);
        writer.WriteVarint((ulong)Count);
        writer.WriteInt64(min);
        writer.WriteVarint(unit);
        writer.WriteBytes(chunkBounds.Span);
        if (bucketed is not null)
            writer.WriteBytes(bucketed.Table.BitsOf);
        writer.WriteBytes(blockOffsets.Span);
        writer.WriteBytes(values.Span);
        writer.End(tryBrotli: false);
        if (Encoding is Int64Encoding.Packed or Int64Encoding.Bucketed)
            codes.WriteTo(writer);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static Int64Column Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.Int64, BucketedVersion);
        var encoding = (Int64Encoding)section.ReadByte("the encoding");
        if (!Enum.IsDefined(encoding) || (encoding == Int64Encoding.Bucketed) != (section.Version == BucketedVersion))
            throw section.Bad($"encoding {encoding} is not known");
        if (section.ReadCount(int.MaxValue, "the count") is var found && found != count)
            throw section.Bad($"there are {found} values where {count} belong");
        long min = section.ReadInt64("the smallest value");
        ulong unit = section.ReadVarint("the unit");
        if (unit == 0)
            throw section.Bad("the unit is 0");
        ReadOnlyMemory<byte> bounds = encoding == Int64Encoding.Constant ? default : section.ReadBytes(ChunkCount(count) * 2L * sizeof(long), "the bounds of chunks");
        if (encoding == Int64Encoding.Bucketed)
            return new Int64Column(count, min, unit, ReadBuckets(section, reader, count), bounds);
        bool varints = encoding is Int64Encoding.Delta or Int64Encoding.DeltaOfDelta;
        ReadOnlyMemory<byte> offsets = varints ? section.ReadBytes((count + BlockRows - 1L) / BlockRows * sizeof(uint), "the offsets of blocks") : default;
        ReadOnlyMemory<byte> values = encoding == Int64Encoding.Plain ? section.ReadBytes((long)count * sizeof(long), "the values") : varints ? section.ReadRest() : default;
        section.ExpectEnd();
        BitPackedInts codes = encoding == Int64Encoding.Packed ? BitPackedInts.Read(reader, count) : default;
        return new Int64Column(count, encoding, min, unit, codes, values, offsets, bounds);
    }

    private static BucketedInts ReadBuckets(SectionReader section, ColumnReader reader, int count)
    {
        BucketTable table = BucketTable.TryRead(section.ReadBytes(BucketTable.LengthCount, "the table of buckets").Span) ?? throw section.Bad("the table of buckets is none");
        ReadOnlyMemory<byte> runs = section.ReadBytes(BucketedInts.RunCount(count) * (long)sizeof(uint), "the beginnings of runs");
        ReadOnlyMemory<byte> distances = section.ReadRest();
        if (distances.Length < BucketedInts.PaddingBytes)
            throw section.Bad($"the distances take {distances.Length} bytes, fewer than stand behind them");
        var buckets = BitPackedInts.Read(reader, count);
        return buckets.Width == 8 ? new BucketedInts(table, buckets, runs, distances) : throw section.Bad($"buckets have {buckets.Width} bits");
    }
}
