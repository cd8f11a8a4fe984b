using Clew.Model;
using Clew.Query;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Conformance.Generators;

/// <summary>Queries of every form the AST has, about the values <see cref="TraceGen"/> draws from.</summary>
public static class QueryGen
{
    public static Gen<TimeRange> Range { get; } = Gen.Frequency(
        (1, Gen.Constant(TimeRange.All)),
        (3, from one in TraceGen.GridTime from other in TraceGen.GridTime select new TimeRange(Math.Min(one, other), Math.Max(one, other))));

    public static Gen<QueryField.Attribute> Attribute { get; } =
        from scope in Gen.Elements(Enum.GetValues<AttributeScope>())
        from key in Gen.Frequency((6, SpanGen.AttributeKey), (1, Gen.Elements(AttributeKeys.ServiceName, "absent")))
        select new QueryField.Attribute(scope, key);

    public static Gen<TraceQuery> Query { get; } =
        from range in Range
        from target in Gen.Elements(Enum.GetValues<TimeRangeTarget>())
        from hasCondition in Gen.Frequency((1, Gen.Constant(false)), (6, Gen.Constant(true)))
        from condition in TraceConditionOf(2)
        from limit in Gen.Choose(1, 5)
        from after in Gen.Frequency((3, Gen.Constant<TraceCursor?>(null)), (1, Cursor))
        select new TraceQuery { Range = range, RangeTarget = target, Where = hasCondition ? condition : null, Limit = limit, After = after };

    public static Gen<SpanCondition> Condition { get; } = SpanConditionOf(3);

    private static Gen<TraceCursor?> Cursor =>
        from startNs in Gen.Frequency((5, TraceGen.GridTime), (1, Gen.Constant(0L)))
        from id in Gen.Elements<TraceId>(TraceGen.TraceIds)
        select (TraceCursor?)new TraceCursor(startNs, id);

    private static Gen<TraceCondition> TraceConditionOf(int depth)
    {
        Gen<TraceCondition> any = SpanConditionOf(2).Select(condition => (TraceCondition)new TraceCondition.AnySpan(condition));
        if (depth == 0)
            return any;
        Gen<TraceCondition> inner = TraceConditionOf(depth - 1);
        return Gen.Frequency(
            (4, any),
            (1, from left in inner from right in inner select (TraceCondition)new TraceCondition.And(left, right)),
            (1, from left in inner from right in inner select (TraceCondition)new TraceCondition.Or(left, right)),
            (1, inner.Select(condition => (TraceCondition)new TraceCondition.Not(condition))));
    }

    private static Gen<SpanCondition> SpanConditionOf(int depth)
    {
        if (depth == 0)
            return Leaf;
        Gen<SpanCondition> inner = SpanConditionOf(depth - 1);
        return Gen.Frequency(
            (4, Leaf),
            (1, from left in inner from right in inner select (SpanCondition)new SpanCondition.And(left, right)),
            (1, from left in inner from right in inner select (SpanCondition)new SpanCondition.Or(left, right)),
            (1, inner.Select(condition => (SpanCondition)new SpanCondition.Not(condition))));
    }

    private static Gen<SpanCondition> Leaf => Gen.Frequency(
        (1, Gen.Constant((SpanCondition)new SpanCondition.Always())),
        (3, Field.Select(asked => (SpanCondition)new SpanCondition.Exists(asked))),
        (16, Compare));

    private static Gen<QueryField> Field => Gen.OneOf(
        Attribute.Select(attribute => (QueryField)attribute),
        Gen.Elements(Enum.GetValues<IntrinsicField>()).Select(intrinsic => (QueryField)new QueryField.Intrinsic(intrinsic)));

    private static Gen<SpanCondition> Compare =>
        from asked in Field
        from comparison in Gen.Elements(Enum.GetValues<ComparisonOperator>())
        from literal in comparison is ComparisonOperator.Regex or ComparisonOperator.NotRegex ? Pattern : LiteralFor(asked)
        from asText in Gen.Elements(false, true)
        from ignoreCase in Gen.Elements(false, true)
        select (SpanCondition)new SpanCondition.Compare(asked, comparison, literal) { AsText = asText, IgnoreCase = ignoreCase };

    private static Gen<AttributeValue> Pattern =>
        Gen.Elements(".*", "get.*", "G.*", "[0-9]+", "alice|bob", "5..", "", ".*o.*", @"\[.*\]", "[0-9a-f]{16}").Select(AttributeValue.From);

    private static Gen<AttributeValue> LiteralFor(QueryField field) => field is QueryField.Intrinsic intrinsic
        ? Gen.Frequency((8, LiteralFor(intrinsic.Field)), (1, SpanGen.SearchValue))
        : Gen.Frequency((8, SpanGen.SearchValue), (1, SpanGen.ServiceName.Select(AttributeValue.From)), (1, Gen.Constant(AttributeValue.From(new byte[] { 1 }.AsMemory()))));

    private static Gen<AttributeValue> LiteralFor(IntrinsicField field) => field switch
    {
        IntrinsicField.ServiceName or IntrinsicField.RemoteServiceName or IntrinsicField.RootServiceName =>
            SpanGen.ServiceName.Select(AttributeValue.From),
        IntrinsicField.Name or IntrinsicField.RootName => SpanGen.Name.Select(AttributeValue.From),
        IntrinsicField.Kind => Gen.Elements("unspecified", "internal", "server", "client", "producer", "consumer").Select(AttributeValue.From),
        IntrinsicField.Status => Gen.Elements("unset", "ok", "error").Select(AttributeValue.From),
        IntrinsicField.StatusMessage => Gen.Elements("", "timeout").Select(AttributeValue.From),
        IntrinsicField.DurationNs or IntrinsicField.TraceDurationNs => Gen.Choose(0, 6).Select(steps => AttributeValue.From(steps * TraceGen.StepNs)),
        IntrinsicField.StartNs => TraceGen.GridTime.Select(AttributeValue.From),
        IntrinsicField.SpanId or IntrinsicField.ParentSpanId or IntrinsicField.LinkSpanId =>
            Gen.Choose(1, 9).Select(id => AttributeValue.From(new SpanId((ulong)id).ToString())),
        IntrinsicField.TraceId or IntrinsicField.LinkTraceId =>
            Gen.Elements<TraceId>(TraceGen.TraceIds).Select(id => AttributeValue.From(id.ToString())),
        IntrinsicField.ScopeName => Gen.Elements("http", "grpc").Select(AttributeValue.From),
        IntrinsicField.ScopeVersion => Gen.Elements("1.0", "2.0").Select(AttributeValue.From),
        IntrinsicField.EventName => Gen.Elements<string>(TraceGen.EventNames).Select(AttributeValue.From),
        IntrinsicField.IsRoot => Gen.Elements(true, false).Select(AttributeValue.From),
        _ => throw new InvalidOperationException($"No literals for {field}."),
    };
}
