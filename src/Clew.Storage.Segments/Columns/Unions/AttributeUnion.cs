using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>Makes one attribute column of several, in another order of rows.</summary>
internal static class AttributeUnion
{
    /// <inheritdoc cref="Unite(ReadOnlySpan{Placed{AttributeColumn}}, AttributePlaces)"/>
    public static AttributeColumn Unite(ReadOnlySpan<Placed<AttributeColumn>> inputs, int rowCount)
    {
        using var places = new AttributePlaces(rowCount);
        return Unite(inputs, places);
    }

    /// <param name="inputs">The columns of the key; here not every row of the union needs to have a value.</param>
    /// <param name="places">Of the table; what was united with it last may have stood on the same rows.</param>
    public static AttributeColumn Unite(ReadOnlySpan<Placed<AttributeColumn>> inputs, AttributePlaces places)
    {
        var parts = new List<AttributePart>(1);
        var ofType = new List<Placed<AttributePart>>(inputs.Length);
        for (AttributeType type = AttributeType.Empty; type <= AttributeType.KeyValueList; type++)
        {
            ofType.Clear();
            foreach (Placed<AttributeColumn> input in inputs)
            {
                foreach (AttributePart part in input.Column.Parts)
                {
                    if (part.Type == type && part.Presence.Count > 0)
                        ofType.Add(new Placed<AttributePart>(part, input.Rows));
                }
            }
            if (ofType.Count > 0)
                parts.Add(UnitePart(type, ofType, places));
        }
        return new AttributeColumn(places.RowCount, [.. parts]);
    }

    private static AttributePart UnitePart(AttributeType type, List<Placed<AttributePart>> inputs, AttributePlaces places)
    {
        PresenceBitmap presence = places.Find(inputs);
        return new AttributePart(type, presence, UniteValues(type, inputs, places.Positions, presence.Count));
    }

    private static IAttributeValues UniteValues(AttributeType type, List<Placed<AttributePart>> inputs, ReadOnlyMemory<int> positions, int count) => type switch
    {
        AttributeType.Empty => new EmptyValues(),
        AttributeType.Bool => new BoolValues(NumberUnion.Unite(Columns(inputs, positions, static values => ((BoolValues)values).Codes), count)),
        AttributeType.Int64 => new Int64Values(NumberUnion.Unite(Columns(inputs, positions, static values => ((Int64Values)values).Column), count)),
        AttributeType.Double => new DoubleValues(NumberUnion.Unite(Columns(inputs, positions, static values => ((DoubleValues)values).Column), count)),
        _ => new ByteStringValues(type, ValueUnion.Unite(Columns(inputs, positions, static values => ((ByteStringValues)values).Column), count, isText: type == AttributeType.String)),
    };

    private static Placed<T>[] Columns<T>(List<Placed<AttributePart>> inputs, ReadOnlyMemory<int> positions, Func<IAttributeValues, T> column)
    {
        var columns = new Placed<T>[inputs.Count];
        int next = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            int count = inputs[i].Column.Presence.Count;
            columns[i] = new Placed<T>(column(inputs[i].Column.Values), positions.Slice(next, count));
            next += count;
        }
        return columns;
    }
}
