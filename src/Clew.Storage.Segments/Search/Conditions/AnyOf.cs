using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Cheap parts go first; each next one is asked only about the rows that none before found.</summary>
internal sealed class AnyOf(IEnumerable<RowCondition> parts) : RowCondition
{
    private readonly RowCondition[] parts = [.. parts.OrderBy(part => part.Cost)];

    public override SearchCost Cost => parts[^1].Cost;

    public override bool CannotMatch(SpanTable table)
    {
        foreach (RowCondition part in parts)
        {
            if (!part.CannotMatch(table))
                return false;
        }
        return true;
    }

    public override void Narrow(SpanTable table, RowBitmap rows, CancellationToken cancellationToken)
    {
        using RowBitmap left = RowBitmap.Rent(rows.RowCount), found = RowBitmap.Rent(rows.RowCount);
        left.Or(rows);
        rows.Clear();
        foreach (RowCondition part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (part.CannotMatch(table))
                continue;
            found.Clear();
            found.Or(left);
            part.Narrow(table, found, cancellationToken);
            rows.Or(found);
            left.AndNot(found);
            if (left.IsEmpty)
                return;
        }
    }
}
