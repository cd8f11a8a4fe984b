namespace Clew.Storage.Segments;

internal sealed partial class ValueColumn
{
    private const byte Version = 1;
    private const byte CodedForm = 0, BinaryForm = 1, IntegerForm = 2;

    /// <summary>One section: form (1 byte), shape (1 byte), bytes of a text (varint); behind it dictionary and codes, fixed bytes, or integers.</summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Text, Version);
        writer.WriteByte(integers is not null ? IntegerForm : IsCoded ? CodedForm : BinaryForm);
        writer.WriteByte((byte)shape.Kind);
        writer.WriteVarint((ulong)shape.TextBytes);
        writer.End(tryBrotli: false);
        if (integers is not null)
        {
            integers.WriteTo(writer);
        }
        else if (!IsCoded)
        {
            binary!.WriteTo(writer);
        }
        else
        {
            if (dictionary is not FrozenValueDictionary frozen)
                throw new InvalidOperationException("A growing column is encoded before it is written.");
            frozen.WriteTo(writer);
            codes.WriteTo(writer);
        }
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static ValueColumn Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.Text, Version);
        byte form = section.ReadByte("the form");
        var kind = (TextShapeKind)section.ReadByte("the shape");
        var shape = new TextShape(kind, section.ReadCount(TextShape.TextBytesMax, "the bytes of a text"));
        section.ExpectEnd();
        bool possible = kind switch
        {
            TextShapeKind.None => form == CodedForm && shape.TextBytes == 0,
            TextShapeKind.Uuid => form is CodedForm or BinaryForm && shape.TextBytes == 36,
            TextShapeKind.Hex => form is CodedForm or BinaryForm && shape.TextBytes > 0 && shape.TextBytes % 2 == 0,
            TextShapeKind.Decimal => form == IntegerForm && shape.TextBytes == 0,
            _ => false,
        };
        if (!possible)
            throw section.Bad($"form {form} with shape {kind} of {shape.TextBytes} bytes is not known");
        switch (form)
        {
            case IntegerForm:
                return new ValueColumn(Int64Column.Read(reader, count));
            case BinaryForm:
                var binary = FixedBytesColumn.Read(reader, count);
                return binary.Width == shape.EncodedBytes ? new ValueColumn(binary, shape) : throw section.Bad($"its values have {binary.Width} bytes, not {shape.EncodedBytes}");
            default:
                return new ValueColumn(StoredValueDictionary.Read(reader), BitPackedInts.Read(reader, count), shape);
        }
    }
}
