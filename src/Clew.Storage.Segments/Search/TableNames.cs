using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// The names of services, operations and attributes that the spans of a table have, added to what other tables gave; what each means stands at
/// <see cref="ISpanStore"/>. A range that takes all rows is answered from dictionaries where they can tell.
/// </summary>
internal static class TableNames
{
    /// <inheritdoc cref="ISpanStore.GetServicesAsync"/>
    public static void AddServices(SpanTable table, TimeRange range, ISet<string> services)
    {
        using RowsInRange rows = RowsInRange.Of(table, range);
        DistinctValues.ForEach(table.Services, rows, value => services.Add(DistinctValues.Text(value)));
    }

    /// <inheritdoc cref="ISpanStore.GetOperationsAsync"/>
    public static void AddOperations(SpanTable table, string? service, TimeRange range, ISet<Operation> operations)
    {
        using RowsInRange rows = RowsInRange.Of(table, range);
        if (rows.AreAll)
        {
            foreach (Operation operation in TableOperations.Of(table))
            {
                if (service is null || operation.Service == service)
                    operations.Add(operation);
            }
            return;
        }
        if (service is not null)
            KeepService(table, service, rows.Bits);
        TableOperations.Add(table, rows.Bits, operations);
    }

    /// <inheritdoc cref="ISpanStore.GetRemoteServicesAsync"/>
    public static void AddRemoteServices(SpanTable table, string service, TimeRange range, ISet<string> services)
    {
        using RowsInRange rows = RowsInRange.Of(table, range);
        KeepService(table, service, rows.Bits);
        if (rows.Bits.IsEmpty)
            return;
        using RowBitmap named = RowBitmap.Rent(table.RowCount);
        FieldSources.RemoteEndpointName.FindPresent(table, rows.Bits, named);
        named.And(rows.Bits);
        var values = new List<AttributeValue>();
        DistinctValues.ForEach(table.RemoteEndpoints, named, endpoint => FieldSources.RemoteEndpointName.Read(endpoint, values));
        rows.Bits.AndNot(named);
        var counts = new ValueCounts();
        FieldSources.PeerServiceText.Tally(table, rows.Bits, counts);
        services.UnionWith(values.Select(value => value.AsString()));
        services.UnionWith(counts.Counts.Keys.Select(value => value.Text));
    }

    /// <inheritdoc cref="ISpanStore.GetAttributeKeysAsync"/>
    public static void AddAttributeKeys(SpanTable table, AttributeScope scope, TimeRange range, ISet<string> keys)
    {
        using RowsInRange rows = RowsInRange.Of(table, range);
        if (!rows.Bits.IsEmpty)
            AttributeKeyNames.Add(table, scope, rows, keys);
    }

    /// <summary>Values of an attribute and the number of spans that carry each, added to <paramref name="counts"/>.</summary>
    public static void AddAttributeValues(SpanTable table, QueryField.Attribute attribute, TimeRange range, Dictionary<(string Text, AttributeType Type), long> counts)
    {
        AttributeValueSource source = FieldSources.OfAttribute(attribute.Scope, attribute.Key);
        if (source.IsAbsent(table))
            return;
        using RowsInRange rows = RowsInRange.Of(table, range);
        if (!rows.Bits.IsEmpty)
            source.Tally(table, rows.Bits, new ValueCounts(counts));
    }

    private static void KeepService(SpanTable table, string service, RowBitmap rows)
    {
        var test = new ValueTest(new SpanCondition.Compare(QueryField.Service, ComparisonOperator.Equal, AttributeValue.From(service)));
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        FieldSources.Of(QueryField.Service)!.FindPassing(table, test, rows, found);
        rows.And(found);
    }
}
