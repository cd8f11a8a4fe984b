using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Bounds what a query may ask, so that no store has to defend itself against a condition it cannot walk or a page it cannot hold.
/// Every store calls it (or <see cref="TraceMatcher"/>, which does) before it answers.
/// </summary>
public static class TraceQueryValidator
{
    /// <summary>Largest <see cref="TraceQuery.Limit"/>: a page of summaries of about 1 KiB each stays near 10 MiB.</summary>
    public const int LimitMax = 10_000;

    /// <summary>Conditions in one query, every and, or, not and leaf counted. Also bounds their nesting, so recursion over them is safe.</summary>
    public const int ConditionsMax = 1_000;

    /// <exception cref="QueryException">The query is out of bounds or compares with something that cannot be compared with.</exception>
    public static void Validate(TraceQuery query)
    {
        if (query.Limit is < 1 or > LimitMax)
            throw new QueryException($"The limit is {query.Limit}; it must be from 1 to {LimitMax}.");
        if (query.Range.FromNs > query.Range.ToNs)
            throw new QueryException("The time range ends before it begins.");
        int conditions = 0;
        if (query.Where is not null)
            Validate(query.Where, ref conditions);
    }

    /// <inheritdoc cref="Validate(TraceQuery)"/>
    public static void Validate(SpanCondition condition)
    {
        int conditions = 0;
        Validate(condition, ref conditions);
    }

    private static void Validate(TraceCondition condition, ref int conditions)
    {
        Count(ref conditions);
        switch (condition)
        {
            case TraceCondition.AnySpan any:
                Validate(any.Condition, ref conditions);
                break;
            case TraceCondition.And and:
                Validate(and.Left, ref conditions);
                Validate(and.Right, ref conditions);
                break;
            case TraceCondition.Or or:
                Validate(or.Left, ref conditions);
                Validate(or.Right, ref conditions);
                break;
            case TraceCondition.Not not:
                Validate(not.Inner, ref conditions);
                break;
        }
    }

    private static void Validate(SpanCondition condition, ref int conditions)
    {
        Count(ref conditions);
        switch (condition)
        {
            case SpanCondition.And and:
                Validate(and.Left, ref conditions);
                Validate(and.Right, ref conditions);
                break;
            case SpanCondition.Or or:
                Validate(or.Left, ref conditions);
                Validate(or.Right, ref conditions);
                break;
            case SpanCondition.Not not:
                Validate(not.Inner, ref conditions);
                break;
            case SpanCondition.Compare compare:
                ValidateLiteral(compare);
                break;
        }
    }

    private static void ValidateLiteral(SpanCondition.Compare compare)
    {
        AttributeType type = compare.Literal.Type;
        if (compare.Operator is ComparisonOperator.Regex or ComparisonOperator.NotRegex && type != AttributeType.String)
            throw new QueryException($"A regular expression must be a string, not a value of type {type}.");
        if (type is AttributeType.Empty or AttributeType.Array or AttributeType.KeyValueList)
            throw new QueryException($"Nothing can be compared with a value of type {type}; use a string, number, boolean or bytes.");
    }

    private static void Count(ref int conditions)
    {
        if (++conditions > ConditionsMax)
            throw new QueryException($"The query has more than {ConditionsMax} conditions.");
    }
}
