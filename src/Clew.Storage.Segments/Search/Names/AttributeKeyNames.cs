using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The keys under which some of the given rows have an attribute, scope by scope.</summary>
internal static class AttributeKeyNames
{
    public static void Add(SpanTable table, AttributeScope scope, RowsInRange rows, ISet<string> keys)
    {
        bool any = scope == AttributeScope.Any;
        if (any || scope is AttributeScope.Span or AttributeScope.SpanThenResource)
            AddOfSpans(table, rows, keys);
        if (any || scope is AttributeScope.Resource or AttributeScope.SpanThenResource)
            DistinctValues.ForEach(table.Resources, rows, blob => AddKeys(RowBlobs.ReadResource(blob).Attributes, keys));
        if (any || scope == AttributeScope.Scope)
            DistinctValues.ForEach(table.Scopes, rows, blob => AddKeys(RowBlobs.ReadScope(blob).Attributes, keys));
        if (any || scope == AttributeScope.Event)
            AddOfChildren(table.Events.Attributes, table.Events.SpanRows, rows, keys);
        if (any || scope == AttributeScope.Link)
            AddOfChildren(table.Links.Attributes, table.Links.SpanRows, rows, keys);
    }

    private static void AddOfSpans(SpanTable table, RowsInRange rows, ISet<string> keys)
    {
        AddOfColumns(table.Attributes, rows.Bits, rows.AreAll, keys);
        if (keys.Contains(AttributeKeys.PeerService) || FieldSources.RemoteEndpointName.IsAbsent(table))
            return;
        using RowBitmap named = RowBitmap.Rent(table.RowCount);
        FieldSources.RemoteEndpointName.FindPresent(table, rows.Bits, named);
        named.And(rows.Bits);
        // A span that has the attribute itself has put the key there above.
        if (!named.IsEmpty)
            keys.Add(AttributeKeys.PeerService);
    }

    private static void AddOfChildren(AttributeTable attributes, Int64Column spanRows, RowsInRange rows, ISet<string> keys)
    {
        if (spanRows.Count == 0)
            return;
        using RowBitmap children = RowBitmap.Rent(spanRows.Count);
        if (rows.AreAll)
            children.SetAll();
        else
            ChildRows.Of(spanRows, rows.Bits, children);
        if (!children.IsEmpty)
            AddOfColumns(attributes, children, rows.AreAll, keys);
    }

    private static void AddOfColumns(AttributeTable attributes, RowBitmap rows, bool areAll, ISet<string> keys)
    {
        IReadOnlyList<AttributeKey> columns = attributes.Keys;
        if (areAll)
            keys.UnionWith(columns.Select(static column => column.Name));
        else
            DistinctValues.ForEach(attributes.Shapes, rows, shape => AddShape(shape, columns, keys));
        if (attributes.Rest is { } rest)
            DistinctValues.ForEach(rest, rows, blob => AddRest(blob, keys));
    }

    // Few shapes differ, and what they name is what the rows have: no column is looked at.
    private static void AddShape(ReadOnlySpan<byte> shape, IReadOnlyList<AttributeKey> columns, ISet<string> keys)
    {
        for (int at = 0; at < shape.Length;)
        {
            if (!Varint.TryRead(shape, ref at, out ulong number) || number > (ulong)columns.Count)
                throw new SegmentFormatException($"a shape names a column that is none of {columns.Count}, or ends within a number", "attribute shapes", at);
            if (number > 0)
                keys.Add(columns[(int)number - 1].Name);
        }
    }

    private static void AddRest(ReadOnlySpan<byte> blob, ISet<string> keys)
    {
        if (!blob.IsEmpty)
            AddKeys(AttributeValueCodec.Read(blob).AsKeyValues(), keys);
    }

    private static void AddKeys(AttributeList attributes, ISet<string> keys)
    {
        foreach (KeyValue item in attributes.AsSpan())
            keys.Add(item.Key);
    }
}
