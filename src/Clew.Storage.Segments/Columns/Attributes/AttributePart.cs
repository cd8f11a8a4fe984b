using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>The rows whose value of an attribute is of one type, and those values.</summary>
internal sealed class AttributePart(AttributeType type, PresenceBitmap presence, IAttributeValues values)
{
    public AttributeType Type { get; } = type;

    public PresenceBitmap Presence { get; } = presence;

    /// <summary>The values of the rows that have one, in the order of rows.</summary>
    public IAttributeValues Values => values;

    /// <summary>Adds the rows whose value matches.</summary>
    public void Match(ValueMatcher matcher, RowBitmap rows)
    {
        using RowBitmap positions = RowBitmap.Rent(Presence.Count);
        values.Match(matcher, positions);
        Presence.Expand(positions, rows);
    }

    public bool TryGet(int row, out AttributeValue value)
    {
        int position = Presence.Rank(row);
        value = position < 0 ? default : values.Get(position);
        return position >= 0;
    }

    public void WriteTo(ColumnWriter writer)
    {
        Presence.WriteTo(writer);
        values.WriteTo(writer);
    }

    /// <exception cref="SegmentFormatException">The bytes are damaged or about another number of rows.</exception>
    public static AttributePart Read(ColumnReader reader, AttributeType type, int rowCount)
    {
        var presence = PresenceBitmap.Read(reader, rowCount);
        int count = presence.Count;
        return new AttributePart(type, presence, type switch
        {
            AttributeType.Empty => new EmptyValues(),
            AttributeType.Bool => new BoolValues(BitPackedInts.Read(reader, count)),
            AttributeType.Int64 => new Int64Values(Int64Column.Read(reader, count)),
            AttributeType.Double => new DoubleValues(DoubleColumn.Read(reader, count)),
            _ => new ByteStringValues(type, ValueColumn.Read(reader, count)),
        });
    }
}
