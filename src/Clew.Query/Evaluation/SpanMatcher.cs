using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Evaluates one <see cref="SpanCondition"/> on spans; also says which spans of a result the condition is about.
/// One thread at a time; made once for a condition, used for many spans.
/// </summary>
public sealed class SpanMatcher
{
    private readonly SpanCondition condition;
    private readonly Dictionary<SpanCondition.Compare, ValueMatcher> matchers = new(ReferenceEqualityComparer.Instance);
    private readonly List<AttributeValue> values = [];
    private TraceFacts? facts;

    /// <exception cref="QueryException">The condition is not valid: see <see cref="TraceQueryValidator"/>, or a regular expression is wrong.</exception>
    public SpanMatcher(SpanCondition condition)
    {
        TraceQueryValidator.Validate(condition);
        this.condition = condition;
        Prepare(condition);
    }

    /// <param name="span">The span to test.</param>
    /// <param name="trace">The whole trace it belongs to, for fields like <see cref="IntrinsicField.RootName"/>.</param>
    public bool IsMatch(Span span, Trace trace)
    {
        if (facts?.Trace != trace)
            facts = new TraceFacts(trace);
        return Holds(condition, span);
    }

    private bool Holds(SpanCondition condition, Span span) => condition switch
    {
        SpanCondition.Always => true,
        SpanCondition.And and => Holds(and.Left, span) && Holds(and.Right, span),
        SpanCondition.Or or => Holds(or.Left, span) || Holds(or.Right, span),
        SpanCondition.Not not => !Holds(not.Inner, span),
        SpanCondition.Exists exists => Read(exists.Field, span).Count > 0,
        SpanCondition.Compare compare => matchers[compare].IsMatch(Read(compare.Field, span)),
        _ => throw new InvalidOperationException($"Unknown span condition {condition.GetType().Name}."),
    };

    private List<AttributeValue> Read(QueryField field, Span span)
    {
        values.Clear();
        FieldReader.Read(field, span, facts!, values);
        return values;
    }

    private void Prepare(SpanCondition condition)
    {
        switch (condition)
        {
            case SpanCondition.And and:
                Prepare(and.Left);
                Prepare(and.Right);
                break;
            case SpanCondition.Or or:
                Prepare(or.Left);
                Prepare(or.Right);
                break;
            case SpanCondition.Not not:
                Prepare(not.Inner);
                break;
            case SpanCondition.Compare compare:
                matchers.TryAdd(compare, new ValueMatcher(compare));
                break;
        }
    }
}
