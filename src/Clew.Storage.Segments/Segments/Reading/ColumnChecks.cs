using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Reads every value of every column of a segment, so that what only reading shows is found.</summary>
internal sealed class ColumnChecks(SegmentTable table, Action<string> found)
{
    /// <summary>One check for each column.</summary>
    public IEnumerable<Action> All =>
    [
        () => Texts(table.Services),
        () => Texts(table.Names),
        () => Texts(table.StatusMessages),
        () => Texts(table.TraceStates),
        () => Texts(table.Resources),
        () => Texts(table.Scopes),
        () => Texts(table.LocalEndpoints),
        () => Texts(table.RemoteEndpoints),
        () => Codes(table.Kinds, (uint)SpanKind.Consumer, "kind"),
        () => Codes(table.Statuses, (uint)StatusCode.Error, "status"),
        () => Codes(table.Traits, byte.MaxValue, "traits"),
        () => Numbers(table.DurationsNs),
        () => Numbers(table.Flags),
        () => Numbers(table.DroppedAttributesCounts),
        () => Numbers(table.DroppedEventsCounts),
        () => Numbers(table.DroppedLinksCounts),
        () => Attributes(table.Attributes),
        () => Numbers(table.Events.OffsetsNs),
        () => Texts(table.Events.Names),
        () => Numbers(table.Events.DroppedAttributesCounts),
        () => Attributes(table.Events.Attributes),
        () => Texts(table.Links.TraceStates),
        () => Numbers(table.Links.Flags),
        () => Numbers(table.Links.DroppedAttributesCounts),
        () => Attributes(table.Links.Attributes),
    ];

    private static void Texts(ValueColumn column)
    {
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        if (column.Dictionary is { } values)
        {
            var walk = new DictionaryScratch();
            for (uint code = 0; code < values.Count; code++)
                values.Read(code, walk);
            foreach (uint code in Unpacked(column.Codes))
            {
                if (code >= values.Count)
                    throw ValueDictionary.NoSuchCode(code, values.Count);
            }
        }
        for (int row = 0; row < column.Count; row++)
            column.Get(row, scratch);
    }

    private void Codes(BitPackedInts codes, uint max, string what)
    {
        foreach (uint code in Unpacked(codes))
        {
            if (code > max)
            {
                found($"a span has {what} {code}");
                return;
            }
        }
    }

    private static void Numbers(Int64Column column) => column.Read(0, new long[column.Count]);

    private void Attributes(AttributeTable attributes)
    {
        for (int number = 0; number < attributes.Keys.Count; number++)
            Column(attributes.Column(number));
        if (attributes.Rest is { } rest)
            Texts(rest);
        Texts(attributes.Shapes);
        for (int row = 0; row < attributes.RowCount; row++)
        {
            if (!ShapeFits(attributes, row))
            {
                found($"the attributes of row {row} are not those its shape says");
                return;
            }
        }
    }

    private static void Column(AttributeColumn column)
    {
        using RowBitmap seen = RowBitmap.Rent(column.RowCount);
        using RowBitmap own = RowBitmap.Rent(column.RowCount);
        int values = 0;
        foreach (AttributePart part in column.Parts)
        {
            own.Clear();
            part.Presence.AddTo(own);
            seen.Or(own);
            values += part.Presence.Count;
            for (int position = 0; position < part.Presence.Count; position++)
                part.Values.Get(position);
        }
        if (seen.Count() != values)
            throw new SegmentFormatException("a row has values of two types", nameof(SectionType.Attribute), 0);
    }

    private static bool ShapeFits(AttributeTable attributes, int row)
    {
        ReadOnlySpan<byte> shape = attributes.Shapes.Get(row, default);
        int ofRest = 0;
        for (int at = 0; at < shape.Length;)
        {
            if (!Varint.TryRead(shape, ref at, out ulong number) || number > (ulong)attributes.Keys.Count)
                return false;
            if (number == 0)
                ofRest++;
            else if (!attributes.Column((int)number - 1).Has(row))
                return false;
        }
        if (ofRest == 0)
            return true;
        ReadOnlySpan<byte> rest = attributes.Rest is { } column ? column.Get(row, default) : default;
        return !rest.IsEmpty && AttributeValueCodec.Read(rest) is { Type: AttributeType.KeyValueList } list && list.AsKeyValues().Count == ofRest;
    }

    private static uint[] Unpacked(BitPackedInts codes)
    {
        uint[] unpacked = new uint[codes.Count];
        codes.Unpack(0, unpacked);
        return unpacked;
    }
}
