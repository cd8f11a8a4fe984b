using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The values that a span's events or links have: found among their rows, brought back to those of their spans.</summary>
/// <param name="spanRows">The span's row of each event or link.</param>
/// <param name="inner">Where their values stand.</param>
internal sealed class ChildSource(Func<SpanTable, Int64Column> spanRows, FieldSource inner) : FieldSource
{
    // From here on looking through all children costs less than telling which of them count.
    private const int FewShare = 4;

    public override SearchCost CostOf(ValueTest? test) => (SearchCost)Math.Max((int)SearchCost.Children, (int)inner.CostOf(test));

    public override bool IsAbsent(SpanTable table) => spanRows(table).Count == 0 || inner.IsAbsent(table);

    public override bool CannotPass(SpanTable table, ValueTest test) => spanRows(table).Count == 0 || inner.CannotPass(table, test);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        Int64Column parents = spanRows(table);
        if (parents.Count == 0)
            return;
        using RowBitmap children = RowBitmap.Rent(parents.Count), found = RowBitmap.Rent(parents.Count);
        children.SetAll();
        inner.FindPresent(table, children, found);
        ChildRows.Lift(parents, found, rows);
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        Int64Column parents = spanRows(table);
        if (parents.Count == 0)
            return;
        using RowBitmap children = RowBitmap.Rent(parents.Count), found = RowBitmap.Rent(parents.Count);
        if (inner.CostOf(test) >= SearchCost.Texts && among.Count() < among.RowCount / FewShare)
            ChildRows.Of(parents, among, children);
        else
            children.SetAll();
        inner.FindPassing(table, test, children, found);
        found.And(children);
        ChildRows.Lift(parents, found, rows);
    }
}
