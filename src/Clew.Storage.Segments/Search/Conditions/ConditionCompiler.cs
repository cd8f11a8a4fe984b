using Clew.Query;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// Prepares a condition. Negation is pushed down to the comparisons: what may hold (a fact of the whole trace) may also not hold, so it has to stand for every
/// row under a negation as well.
/// </summary>
internal static class ConditionCompiler
{
    public static Compiled Compile(SpanCondition condition) => Compile(condition, isNegated: false);

    // As deep as the condition, which the validator bounds.
    private static Compiled Compile(SpanCondition condition, bool isNegated) => condition switch
    {
        SpanCondition.Always => new Compiled(new ConstantCondition(!isNegated), IsExact: true),
        SpanCondition.Not not => Compile(not.Inner, !isNegated),
        SpanCondition.And => Combine(Parts<SpanCondition.And>(condition, isNegated), all: !isNegated),
        SpanCondition.Or => Combine(Parts<SpanCondition.Or>(condition, isNegated), all: isNegated),
        SpanCondition.Exists exists => Field(exists.Field, null, isNegated),
        SpanCondition.Compare compare => Field(compare.Field, compare, isNegated),
        _ => throw new InvalidOperationException($"Unknown span condition {condition.GetType().Name}."),
    };

    private static Compiled Field(QueryField field, SpanCondition.Compare? compare, bool isNegated)
    {
        ValueTest? test = compare is null ? null : new ValueTest(compare);
        return FieldSources.Of(field) is { } source
            ? new Compiled(new FieldCondition(source, test, compare is not null && ValueTest.AsksForNone(compare), isNegated), IsExact: true)
            : new Compiled(new ConstantCondition(true), IsExact: false);
    }

    private static Compiled Combine(List<Compiled> parts, bool all) => all ? All(parts) : Any(parts);

    private static Compiled All(List<Compiled> parts)
    {
        if (parts.Exists(part => part.IsConstant(false)))
            return new Compiled(new ConstantCondition(false), IsExact: true);
        bool isExact = parts.TrueForAll(part => part.IsExact);
        parts.RemoveAll(part => part.Condition is ConstantCondition);
        return parts.Count switch
        {
            0 => new Compiled(new ConstantCondition(true), isExact),
            1 => parts[0] with { IsExact = isExact },
            _ => new Compiled(new AllOf(parts.Select(part => part.Condition)), isExact),
        };
    }

    private static Compiled Any(List<Compiled> parts)
    {
        if (parts.Exists(part => part.IsConstant(true)))
            return new Compiled(new ConstantCondition(true), IsExact: parts.Exists(part => part.IsConstant(true) && part.IsExact));
        parts.RemoveAll(part => part.Condition is ConstantCondition);
        return parts.Count switch
        {
            0 => new Compiled(new ConstantCondition(false), IsExact: true),
            1 => parts[0],
            _ => new Compiled(new AnyOf(parts.Select(part => part.Condition)), parts.TrueForAll(part => part.IsExact)),
        };
    }

    // A chain of the same operator becomes one list, so that all of its parts are put in order together.
    private static List<Compiled> Parts<T>(SpanCondition condition, bool isNegated) where T : SpanCondition
    {
        var parts = new List<Compiled>();
        var open = new Stack<SpanCondition>([condition]);
        while (open.TryPop(out SpanCondition? next))
        {
            if (next is T and SpanCondition.And(var left, var right))
            {
                open.Push(right);
                open.Push(left);
            }
            else if (next is T and SpanCondition.Or(var first, var second))
            {
                open.Push(second);
                open.Push(first);
            }
            else
            {
                parts.Add(Compile(next, isNegated));
            }
        }
        return parts;
    }

    /// <param name="Condition">What is run.</param>
    /// <param name="IsExact">Whether it holds for just the rows for which the original does; else for those and others.</param>
    internal readonly record struct Compiled(RowCondition Condition, bool IsExact)
    {
        public bool IsConstant(bool holds) => Condition is ConstantCondition constant && constant.Holds == holds;
    }
}
