using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary><see cref="IntrinsicField.DurationNs"/>.</summary>
internal sealed class DurationSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is null || NumberRange.OfInt64(test.Compare) is not null ? SearchCost.Values : SearchCost.Rows;

    public override bool CannotPass(SpanTable table, ValueTest test) => !test.Matcher.CanCompare(AttributeType.Int64);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        if (test.Matcher.CanCompare(AttributeType.Int64))
            new Int64Values(table.DurationsNs).Match(test.Matcher, among, rows);
        else
            rows.Clear();
    }
}

/// <summary><see cref="IntrinsicField.StartNs"/>: 0 is no start.</summary>
internal sealed class StartSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is null || NumberRange.OfInt64(test.Compare) is not null ? SearchCost.Values : SearchCost.Rows;

    public override bool CannotPass(SpanTable table, ValueTest test) => !test.Matcher.CanCompare(AttributeType.Int64);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => FindBetween(table, long.MinValue, long.MaxValue, rows);

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        if (!test.Matcher.CanCompare(AttributeType.Int64))
            rows.Clear();
        else if (NumberRange.OfInt64(test.Compare) is (long low, long high))
            FindBetween(table, low, high, rows);
        else
            EachRow.Find(among, rows, row => table.StartNsOf(row) is var startNs && startNs != 0 && test.Passes(AttributeValue.From(startNs)));
    }

    // The range of all times is the one that also takes spans without a start.
    private static void FindBetween(SpanTable table, long low, long high, RowBitmap rows)
    {
        if (new TimeRange(low, high) != TimeRange.All)
        {
            table.StartsIn(new TimeRange(low, high), rows);
            return;
        }
        using RowBitmap before = RowBitmap.Rent(rows.RowCount);
        table.StartsIn(new TimeRange(long.MinValue, -1), before);
        table.StartsIn(new TimeRange(1, long.MaxValue), rows);
        rows.Or(before);
    }
}

/// <summary><see cref="IntrinsicField.IsRoot"/>.</summary>
internal sealed class RootSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => SearchCost.Codes;

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        bool ifRoot = test.Passes(AttributeValue.From(true)), ifNot = test.Passes(AttributeValue.From(false));
        if (ifRoot == ifNot)
        {
            rows.Clear();
            if (ifRoot)
                rows.SetAll();
            return;
        }
        table.Roots(rows);
        if (ifNot)
            rows.Not();
    }
}
