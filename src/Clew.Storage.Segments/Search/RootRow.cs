using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Finds the row that stands for a trace, as <see cref="TraceSummarizer"/> chooses its root.</summary>
internal static class RootRow
{
    public static int Of(SpanTable table, List<int> rows)
    {
        int best = rows[0];
        foreach (int row in rows)
        {
            if (row != best && Compare(table, row, best) < 0)
                best = row;
        }
        return best;
    }

    private static int Compare(SpanTable table, int left, int right)
    {
        int order = table.ParentOf(right).IsZero.CompareTo(table.ParentOf(left).IsZero);
        long leftNs = table.StartNsOf(left), rightNs = table.StartNsOf(right);
        if (order == 0)
            order = (leftNs == 0).CompareTo(rightNs == 0);
        if (order == 0)
            order = leftNs.CompareTo(rightNs);
        if (order == 0)
            order = table.SpanIdOf(left).CompareTo(table.SpanIdOf(right));
        if (order != 0)
            return order;
        // The halves of a shared span and the like: what is left is decided by their content.
        var assembler = new SpanAssembler(table);
        return RootOrder.Instance.Compare(assembler.Read(left), assembler.Read(right));
    }
}
