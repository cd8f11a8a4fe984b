using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>All values that any of several sources has.</summary>
internal sealed class UnionSource(AttributeValueSource[] sources) : AttributeValueSource
{
    public override SearchCost CostOf(ValueTest? test) => sources.Max(source => source.CostOf(test));

    public override bool IsAbsent(SpanTable table)
    {
        foreach (AttributeValueSource source in sources)
        {
            if (!source.IsAbsent(table))
                return false;
        }
        return true;
    }

    public override bool CannotPass(SpanTable table, ValueTest test)
    {
        foreach (AttributeValueSource source in sources)
        {
            if (!source.CannotPass(table, test))
                return false;
        }
        return true;
    }

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        foreach (AttributeValueSource source in sources)
        {
            if (source.IsAbsent(table))
                continue;
            source.FindPresent(table, among, found);
            rows.Or(found);
        }
    }

    public override void Read(SpanTable table, int row, List<AttributeValue> values)
    {
        foreach (AttributeValueSource source in sources)
            source.Read(table, row, values);
    }

    public override void Tally(SpanTable table, RowBitmap rows, ValueCounts counts)
    {
        using RowBitmap any = RowBitmap.Rent(rows.RowCount), several = RowBitmap.Rent(rows.RowCount), found = RowBitmap.Rent(rows.RowCount);
        foreach (AttributeValueSource source in sources)
        {
            if (source.IsAbsent(table))
                continue;
            source.FindPresent(table, rows, found);
            RowSets.AddTo(any, several, found);
        }
        several.And(rows);
        any.And(rows);
        any.AndNot(several);
        if (!any.IsEmpty)
        {
            // On these rows only one source has anything, and the others add nothing.
            foreach (AttributeValueSource source in sources)
                source.Tally(table, any, counts);
        }
        TallyEach(table, several, counts);
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        using RowBitmap found = RowBitmap.Rent(rows.RowCount);
        foreach (AttributeValueSource source in sources)
        {
            if (source.CannotPass(table, test))
                continue;
            source.FindPassing(table, test, among, found);
            rows.Or(found);
        }
    }
}
