namespace Clew.Storage.Segments;

internal sealed partial class DoubleColumn
{
    private const byte Version = 1;
    private const byte WholeForm = 0, PlainForm = 1;

    /// <summary>
    /// One section: form (1 byte), count (varint), and in the plain form bounds of chunks (16 bytes each) and values (8 each). The whole form has its integers
    /// in sections behind it.
    /// </summary>
    public void WriteTo(ColumnWriter writer)
    {
        if (whole is null && chunkBounds.IsEmpty && Count > 0)
            throw new InvalidOperationException("A view of a growing buffer is encoded before it is written.");
        writer.Begin(SectionType.Double, Version);
        writer.WriteByte(whole is null ? PlainForm : WholeForm);
        writer.WriteVarint((ulong)Count);
        writer.WriteBytes(chunkBounds.Span);
        writer.WriteBytes(values.Span);
        writer.End(tryBrotli: false);
        whole?.WriteTo(writer);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static DoubleColumn Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.Double, Version);
        byte form = section.ReadByte("the form");
        if (form is not (WholeForm or PlainForm))
            throw section.Bad($"form {form} is not known");
        if (section.ReadCount(int.MaxValue, "the count") is var found && found != count)
            throw section.Bad($"there are {found} values where {count} belong");
        if (form == WholeForm)
        {
            section.ExpectEnd();
            return new DoubleColumn(count, Int64Column.Read(reader, count), default, default);
        }
        ReadOnlyMemory<byte> bounds = section.ReadBytes(((long)count + ChunkRows - 1) / ChunkRows * 2 * sizeof(double), "the bounds of chunks");
        ReadOnlyMemory<byte> values = section.ReadBytes((long)count * sizeof(double), "the values");
        section.ExpectEnd();
        return new DoubleColumn(count, null, values, bounds);
    }
}
