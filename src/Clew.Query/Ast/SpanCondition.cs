using Clew.Model;

namespace Clew.Query;

/// <summary>A condition on one span.</summary>
public abstract record SpanCondition
{
    private protected SpanCondition()
    {
    }

    /// <summary>True for every span.</summary>
    public sealed record Always : SpanCondition;

    public sealed record And(SpanCondition Left, SpanCondition Right) : SpanCondition;

    public sealed record Or(SpanCondition Left, SpanCondition Right) : SpanCondition;

    public sealed record Not(SpanCondition Inner) : SpanCondition;

    /// <summary>The span has a value for the field.</summary>
    public sealed record Exists(QueryField Field) : SpanCondition;

    /// <summary>
    /// Compares the field's values with a literal. A field can have several values (an attribute of several events, items of an
    /// array): positive operators ask for any value, <see cref="ComparisonOperator.NotEqual"/> and
    /// <see cref="ComparisonOperator.NotRegex"/> ask that there is a value and that none equals or matches.
    /// </summary>
    /// <remarks>
    /// Typed comparison (the default): int64 and double compare as numbers, strings ordinally by code point, booleans with
    /// false before true; values of another kind do not match (and do not equal). With <see cref="AsText"/> both sides are compared by
    /// their text form, as Jaeger and Zipkin do; ordering operators then compare as numbers when both texts are numbers.
    /// Regular expressions match the whole text form (anchored at both ends), in the non-backtracking .NET dialect.
    /// </remarks>
    public sealed record Compare(QueryField Field, ComparisonOperator Operator, AttributeValue Literal) : SpanCondition
    {
        public bool AsText { get; init; }

        /// <summary>Case-insensitive (ordinal) text equality and matching: Zipkin's names.</summary>
        public bool IgnoreCase { get; init; }
    }

    /// <summary>All of the given conditions; <see cref="Always"/> for none.</summary>
    public static SpanCondition All(IEnumerable<SpanCondition> conditions) =>
        conditions.Aggregate((SpanCondition?)null, static (left, right) => left is null ? right : new And(left, right)) ?? new Always();
}

public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Regex,
    NotRegex,
}
