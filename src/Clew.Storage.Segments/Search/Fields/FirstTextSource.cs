using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The first value of a span's attribute, in its text form, where that is not empty: what names the other side of a call.</summary>
internal sealed class FirstTextSource(string key) : AttributeValueSource
{
    private static readonly ValueMatcher IsEmpty = new(new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Equal, AttributeValue.From("")));

    private readonly BlobSource rest = new(
        table => table.Attributes.Rest,
        new BlobPart("first text of rest", key),
        (blob, values) => AddFirst(AttributeValueCodec.Read(blob).AsKeyValues(), key, values));

    public override SearchCost CostOf(ValueTest? test) => test is { Literal: null, TakesTexts: true } ? SearchCost.Texts : SearchCost.Values;

    public override bool IsAbsent(SpanTable table) => Column(table) is null && rest.IsAbsent(table);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => Find(table, null, among, rows);

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows) => Find(table, test, among, rows);

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        if (Column(table) is { } column && column.TryGet(row, out AttributeValue value))
            AddText(value, values);
        else
            rest.Read(table, row, values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        using RowBitmap others = RowBitmap.Rent(rows.RowCount);
        if (Column(table) is { } column)
        {
            var values = new Dictionary<AttributeValue, long>();
            column.Tally(rows, values);
            foreach ((AttributeValue value, long count) in values)
            {
                var texts = new List<AttributeValue>();
                AddText(value, texts);
                counts.Add(texts, count);
            }
            column.Exists(others);
            others.Not();
        }
        else
        {
            others.SetAll();
        }
        others.And(rows);
        rest.Tally(table, others, counts);
    }

    private void Find(SpanTable table, ValueTest? test, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        if (!rest.IsAbsent(table))
        {
            if (test is null)
                rest.FindPresent(table, among, rows);
            else
                rest.FindPassing(table, test, among, rows);
        }
        if (Column(table) is not { } column)
            return;
        using RowBitmap present = RowBitmap.Rent(rows.RowCount);
        column.Exists(present);
        rows.AndNot(present);
        foreach (AttributePart part in column.Parts)
        {
            if (part.Type == AttributeType.String)
                AddTexts(part, test, among, rows);
            else
                AddOthers(part, test, among, rows);
        }
    }

    private static void AddTexts(AttributePart part, ValueTest? test, RowBitmap among, RowBitmap rows)
    {
        using RowBitmap found = RowBitmap.Rent(rows.RowCount), empty = RowBitmap.Rent(rows.RowCount);
        if (test is null)
            part.Presence.AddTo(found);
        else
            part.Match(test.Matcher, among, found);
        part.Match(IsEmpty, null, empty);
        found.AndNot(empty);
        rows.Or(found);
    }

    // Of another type than text: hardly any, so one at a time.
    private static void AddOthers(AttributePart part, ValueTest? test, RowBitmap among, RowBitmap rows)
    {
        using RowBitmap present = RowBitmap.Rent(rows.RowCount);
        part.Presence.AddTo(present);
        present.And(among);
        foreach (int row in present)
        {
            if (part.TryGet(row, out AttributeValue value) && value.ToString() is { Length: > 0 } text && (test is null || test.Passes(AttributeValue.From(text))))
                rows.Set(row);
        }
    }

    // The column of the key's first occurrence holds the first value of every row it has one for.
    private AttributeColumn? Column(SpanTable table)
    {
        IReadOnlyList<int> columns = table.Attributes.ColumnsOf(key);
        return columns.Count > 0 && table.Attributes.Keys[columns[0]].Occurrence == 0 ? table.Attributes.Column(columns[0]) : null;
    }

    private static void AddFirst(AttributeList attributes, string key, List<AttributeValue> values)
    {
        if (attributes.TryGet(key, out AttributeValue value))
            AddText(value, values);
    }

    private static void AddText(AttributeValue value, List<AttributeValue> values)
    {
        if (value.ToString() is { Length: > 0 } text)
            values.Add(AttributeValue.From(text));
    }
}
