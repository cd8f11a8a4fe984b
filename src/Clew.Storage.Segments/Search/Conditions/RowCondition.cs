using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>A condition as it is run on tables. Immutable.</summary>
internal abstract class RowCondition
{
    /// <summary>What it costs to ask, by which the parts of a conjunction are put in order.</summary>
    public abstract SearchCost Cost { get; }

    /// <summary>One row in how many it leaves in this table, by a guess: of parts that cost the same the one that leaves fewest goes first.</summary>
    public virtual int Selectivity(SpanTable table) => 1;

    /// <inheritdoc cref="RowSearch.CannotMatch"/>
    public abstract bool CannotMatch(SpanTable table);

    /// <summary>Keeps those of the rows for which the condition holds.</summary>
    public abstract void Narrow(SpanTable table, RowBitmap rows, CancellationToken cancellationToken);
}

/// <summary>Holds for every row or for none.</summary>
internal sealed class ConstantCondition(bool holds) : RowCondition
{
    public bool Holds { get; } = holds;

    public override SearchCost Cost => SearchCost.None;

    public override bool CannotMatch(SpanTable table) => !Holds;

    public override void Narrow(SpanTable table, RowBitmap rows, CancellationToken cancellationToken)
    {
        if (!Holds)
            rows.Clear();
    }
}
