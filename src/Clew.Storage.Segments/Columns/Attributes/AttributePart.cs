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

    /// <inheritdoc cref="IAttributeValues.MayMatch"/>
    public bool MayMatch(ValueMatcher matcher) => matcher.CanCompare(Type) && values.MayMatch(matcher);

    /// <summary>Adds the rows whose value matches.</summary>
    /// <param name="matcher">The condition.</param>
    /// <param name="among">Only these rows count, what is said of others is undefined; null for all.</param>
    /// <param name="rows">Receives the answer.</param>
    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap rows)
    {
        if (!matcher.CanCompare(Type))
        {
            if (matcher.IsNegative)
                Presence.AddTo(rows);
            return;
        }
        using RowBitmap positions = RowBitmap.Rent(Presence.Count);
        if (among is null || !values.AsksEach(matcher))
        {
            values.Match(matcher, null, positions);
        }
        else
        {
            using RowBitmap wanted = RowBitmap.Rent(Presence.Count);
            Presence.Compress(among, wanted);
            if (wanted.IsEmpty)
                return;
            values.Match(matcher, wanted, positions);
        }
        Presence.Expand(positions, rows);
    }

    /// <summary>Adds how often each value stands in the given rows.</summary>
    public void Tally(RowBitmap rows, Dictionary<AttributeValue, long> counts)
    {
        using RowBitmap positions = RowBitmap.Rent(Presence.Count);
        Presence.Compress(rows, positions);
        if (!positions.IsEmpty)
            values.Tally(positions, counts);
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

    /// <summary>Reads the values of the rows that have one.</summary>
    /// <exception cref="SegmentFormatException">The bytes are damaged or about another number of rows.</exception>
    public static AttributePart Read(ColumnReader reader, AttributeType type, PresenceBitmap presence)
    {
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
