namespace Clew.Query;

/// <summary>A condition on a whole trace.</summary>
public abstract record TraceCondition
{
    private protected TraceCondition()
    {
    }

    /// <summary>At least one span satisfies <paramref name="Condition"/>: all its parts on that one span.</summary>
    public sealed record AnySpan(SpanCondition Condition) : TraceCondition;

    /// <summary>Both hold, possibly through different spans.</summary>
    public sealed record And(TraceCondition Left, TraceCondition Right) : TraceCondition;

    /// <summary>At least one holds.</summary>
    public sealed record Or(TraceCondition Left, TraceCondition Right) : TraceCondition;

    /// <summary>The inner condition does not hold (for <see cref="AnySpan"/>: no span satisfies it).</summary>
    public sealed record Not(TraceCondition Inner) : TraceCondition;

    /// <summary>All of the given conditions; null for none.</summary>
    public static TraceCondition? All(IEnumerable<TraceCondition> conditions) =>
        conditions.Aggregate((TraceCondition?)null, static (left, right) => left is null ? right : new And(left, right));
}
