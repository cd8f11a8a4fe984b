using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>An attribute in its columns, one for each time the key stands on a row, and in what has no column.</summary>
internal sealed class ColumnsSource(Func<SpanTable, AttributeTable> attributes, string key) : AttributeValueSource
{
    private readonly BlobSource rest = new(
        table => attributes(table).Rest,
        new BlobPart("rest", key),
        (blob, values) => new AttributeSource(AttributeValueCodec.Read(blob).AsKeyValues(), null).Read(key, values));

    public override SearchCost CostOf(ValueTest? test) => test is { Literal: null } && NumberRange.OfInt64(test.Compare) is null ? SearchCost.Texts : SearchCost.Values;

    public override bool IsAbsent(SpanTable table) => attributes(table).ColumnsOf(key).Count == 0 && rest.IsAbsent(table);

    public override bool CannotPass(SpanTable table, ValueTest test)
    {
        AttributeTable owner = attributes(table);
        foreach (int number in owner.ColumnsOf(key))
        {
            if (owner.Column(number).MayMatch(test.Matcher))
                return false;
        }
        return rest.CannotPass(table, test);
    }

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        rest.FindPresent(table, among, rows);
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        AttributeTable owner = attributes(table);
        foreach (int number in owner.ColumnsOf(key))
        {
            owner.Column(number).Exists(found);
            rows.Or(found);
        }
    }

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        AttributeTable owner = attributes(table);
        foreach (int number in owner.ColumnsOf(key))
        {
            if (owner.Column(number).TryGet(row, out AttributeValue value))
                AttributeSource.AddWithItems(value, values);
        }
        rest.Read(table, row, values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        AttributeTable owner = attributes(table);
        IReadOnlyList<int> columns = owner.ColumnsOf(key);
        using RowBitmap once = RowBitmap.Rent(rows.RowCount), several = RowBitmap.Rent(rows.RowCount), found = RowBitmap.Rent(rows.RowCount);
        rest.FindPresent(table, rows, once);
        foreach (int number in columns)
        {
            owner.Column(number).Exists(found);
            RowSets.AddTo(once, several, found);
        }
        once.And(rows);
        several.And(rows);
        once.AndNot(several);
        var values = new Dictionary<AttributeValue, long>();
        foreach (int number in columns)
            owner.Column(number).Tally(once, values);
        foreach ((AttributeValue value, long count) in values)
            counts.Add(value, count);
        // Where a column has the row's one value, the rest has none, which adds nothing.
        rest.Tally(table, once, counts);
        TallyEach(table, several, counts);
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        rest.FindPassing(table, test, among, rows);
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        AttributeTable owner = attributes(table);
        foreach (int number in owner.ColumnsOf(key))
        {
            owner.Column(number).Match(test.Matcher, among, found);
            rows.Or(found);
        }
    }
}
