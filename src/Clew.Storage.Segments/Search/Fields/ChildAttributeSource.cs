using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>An attribute of a span's events or links.</summary>
/// <param name="spanRows">The span's row of each event or link.</param>
/// <param name="inner">The attribute on their rows.</param>
internal sealed class ChildAttributeSource(Func<SpanTable, Int64Column> spanRows, AttributeValueSource inner) : AttributeValueSource
{
    private readonly ChildSource rowsOfSpans = new(spanRows, inner);

    public override SearchCost CostOf(ValueTest? test) => rowsOfSpans.CostOf(test);

    public override bool IsAbsent(SpanTable table) => rowsOfSpans.IsAbsent(table);

    public override bool CannotPass(SpanTable table, ValueTest test) => rowsOfSpans.CannotPass(table, test);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rowsOfSpans.FindPresent(table, among, rows);

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows) => rowsOfSpans.FindPassing(table, test, among, rows);

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        Int64Column parents = spanRows(table);
        for (int child = ChildRows.FirstOf(parents, row); child < parents.Count && parents[child] == row; child++)
            inner.Read(table, child, values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        Int64Column parents = spanRows(table);
        if (parents.Count == 0)
            return;
        using RowBitmap children = RowBitmap.Rent(parents.Count), withValue = RowBitmap.Rent(parents.Count);
        ChildRows.Of(parents, rows, children);
        inner.FindPresent(table, children, withValue);
        children.And(withValue);
        TallyTogether(table, parents, children, counts);
        // What is left are the only ones of their spans with a value.
        if (!children.IsEmpty)
            inner.Tally(table, children, counts);
    }

    // Takes out, and counts, those whose span has several: a value that two of them have counts once.
    private void TallyTogether(SpanTable table, Int64Column parents, RowBitmap children, ValueCounts counts)
    {
        var values = new List<AttributeValue>();
        long span = -1;
        int first = -1;
        bool several = false;
        using RowBitmap together = RowBitmap.Rent(children.RowCount);
        foreach ((int child, long parent) in ChildRows.WithParents(parents, children))
        {
            if (parent == span)
            {
                if (!several)
                    Take(first);
                several = true;
                Take(child);
                continue;
            }
            Flush();
            (span, first, several) = (parent, child, false);
        }
        Flush();
        children.AndNot(together);

        void Take(int child)
        {
            together.Set(child);
            inner.Read(table, child, values);
        }

        void Flush()
        {
            if (values.Count > 0)
                counts.Add(values, 1);
            values.Clear();
        }
    }
}
