using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The values of one source, or, on rows where it has none, those of another.</summary>
internal sealed class FallbackSource(AttributeValueSource first, AttributeValueSource second) : AttributeValueSource
{
    public override SearchCost CostOf(ValueTest? test) => (SearchCost)Math.Max((int)first.CostOf(test), (int)second.CostOf(test));

    public override bool IsAbsent(SpanTable table) => first.IsAbsent(table) && second.IsAbsent(table);

    public override bool CannotPass(SpanTable table, ValueTest test) => first.CannotPass(table, test) && second.CannotPass(table, test);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        first.FindPresent(table, among, rows);
        if (second.IsAbsent(table))
            return;
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        second.FindPresent(table, among, found);
        rows.Or(found);
    }

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        int before = values.Count;
        first.Read(table, row, values);
        if (values.Count == before)
            second.Read(table, row, values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        using RowBitmap some = RowBitmap.Rent(rows.RowCount);
        first.FindPresent(table, rows, some);
        some.And(rows);
        first.Tally(table, some, counts);
        some.Not();
        some.And(rows);
        if (!some.IsEmpty)
            second.Tally(table, some, counts);
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        first.FindPassing(table, test, among, rows);
        if (second.CannotPass(table, test))
            return;
        using RowBitmap left = RowBitmap.Rent(rows.RowCount), found = RowBitmap.Rent(rows.RowCount);
        first.FindPresent(table, among, left);
        left.Not();
        left.And(among);
        if (left.IsEmpty)
            return;
        second.FindPassing(table, test, left, found);
        found.And(left);
        rows.Or(found);
    }
}
