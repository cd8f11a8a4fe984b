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

    /// <summary>
    /// The span has a value for the field. An attribute that is there has one, whatever it is: an empty string, array or AnyValue too.
    /// </summary>
    public sealed record Exists(QueryField Field) : SpanCondition;

    /// <summary>
    /// Compares the field's values with a literal. A field can have several values (an attribute of several events, a key that
    /// repeats, an array, which counts as itself and as each of its items): positive operators ask for any value,
    /// <see cref="ComparisonOperator.NotEqual"/> and <see cref="ComparisonOperator.NotRegex"/> ask that there is a value and
    /// that none equals or matches; a value of a kind that cannot be compared does not equal.
    /// </summary>
    /// <remarks>
    /// Typed comparison (the default): int64 and double compare as exact numbers (NaN neither equals nor orders), strings ordinally
    /// by code point, booleans with false before true, bytes by bytes; values of another kind do not match (and do not equal).
    /// With <see cref="AsText"/> both sides are compared by their text form (<see cref="AttributeValue.ToString"/>), as Jaeger and
    /// Zipkin do: equality is that of the texts (10.0 is written <c>10</c>), ordering operators compare as numbers when both texts are
    /// finite decimal numbers, else by code point.
    /// Regular expressions always match the whole text form (anchored at both ends), in the non-backtracking .NET dialect.
    /// A literal is a string, number, boolean or bytes; a pattern is a string.
    /// </remarks>
    public sealed record Compare(QueryField Field, ComparisonOperator Operator, AttributeValue Literal) : SpanCondition
    {
        public bool AsText { get; init; }

        /// <summary>
        /// Case-insensitive (ordinal) text equality and matching: Zipkin's names. Without effect on ordering operators and on
        /// what is not compared as text.
        /// </summary>
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
