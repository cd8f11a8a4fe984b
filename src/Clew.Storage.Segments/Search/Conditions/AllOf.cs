using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Cheap parts go first; each next one is asked only about the rows that are left, and none when none is.</summary>
internal sealed class AllOf(IEnumerable<RowCondition> parts) : RowCondition
{
    private readonly RowCondition[] parts = [.. parts.OrderBy(part => part.Cost)];

    public override SearchCost Cost => parts[^1].Cost;

    public override bool CannotMatch(SpanTable table)
    {
        foreach (RowCondition part in parts)
        {
            if (part.CannotMatch(table))
                return true;
        }
        return false;
    }

    public override void Narrow(SpanTable table, RowBitmap rows, CancellationToken cancellationToken)
    {
        foreach (RowCondition part in parts.OrderBy(part => part.Cost).ThenByDescending(part => part.Selectivity(table)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            part.Narrow(table, rows, cancellationToken);
            if (rows.IsEmpty)
                return;
        }
    }
}
