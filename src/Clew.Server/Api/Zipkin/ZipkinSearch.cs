using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// The parameters of <c>GET /api/v2/traces</c> as a query. Zipkin lets each condition be met by a different span; only when a service is named
/// must they all be spans of that service.
/// </summary>
internal static class ZipkinSearch
{
    private const int LimitDefault = 10;

    /// <param name="parameters">The parameters; none is required.</param>
    /// <param name="nowNs">Unix nanoseconds: where the default range ends.</param>
    /// <param name="limitMax">A larger limit is lowered to this.</param>
    /// <exception cref="ApiException">400, in Zipkin's words.</exception>
    public static TraceQuery Parse(ZipkinParameters parameters, long nowNs, int limitMax)
    {
        long? minDurationUs = parameters.Integer("minDuration");
        long? maxDurationUs = parameters.Integer("maxDuration");
        long endMs = parameters.Integer("endTs") ?? nowNs / UnixTime.NsPerMilli;
        long? lookbackMs = parameters.Integer("lookback");
        long limit = parameters.Integer("limit", int.MaxValue) ?? LimitDefault;

        if (endMs <= 0)
            throw ApiException.BadRequest("endTs <= 0");
        if (limit <= 0)
            throw ApiException.BadRequest("limit <= 0");
        TimeRange range = ZipkinParameters.Range(endMs, lookbackMs);
        if (minDurationUs <= 0)
            throw ApiException.BadRequest("minDuration <= 0");
        if (maxDurationUs < minDurationUs)
            throw ApiException.BadRequest("maxDuration < minDuration");
        if (maxDurationUs is not null && minDurationUs is null)
            throw ApiException.BadRequest("maxDuration is only valid with minDuration");

        return new TraceQuery
        {
            Range = range,
            RangeTarget = TimeRangeTarget.TraceTime,
            Where = TraceCondition.All(Conditions(parameters, minDurationUs, maxDurationUs)),
            Limit = (int)Math.Min(limit, limitMax),
        };
    }

    private static IEnumerable<TraceCondition> Conditions(ZipkinParameters parameters, long? minDurationUs, long? maxDurationUs)
    {
        string serviceName = parameters.Text("serviceName");
        SpanCondition? service = serviceName.Length > 0 ? NameEqual(IntrinsicField.ServiceName, serviceName) : null;
        int count = 0;
        foreach (SpanCondition condition in SpanConditions(parameters, minDurationUs, maxDurationUs))
        {
            count++;
            yield return new TraceCondition.AnySpan(service is null ? condition : new SpanCondition.And(service, condition));
        }
        if (count == 0 && service is not null)
            yield return new TraceCondition.AnySpan(service);
    }

    private static IEnumerable<SpanCondition> SpanConditions(ZipkinParameters parameters, long? minDurationUs, long? maxDurationUs)
    {
        string remoteServiceName = parameters.Text("remoteServiceName");
        if (remoteServiceName.Length > 0)
            yield return NameEqual(IntrinsicField.RemoteServiceName, remoteServiceName);
        string spanName = parameters.Text("spanName");
        // Old pages send "all" for "any".
        if (spanName.Length > 0 && !spanName.Equals("all", StringComparison.OrdinalIgnoreCase))
            yield return NameEqual(IntrinsicField.Name, spanName);
        foreach ((string key, string value) in AnnotationQuery.Parse(parameters.Text("annotationQuery")))
            yield return AnnotationQuery.ConditionOf(key, value);
        if (minDurationUs is { } min)
            yield return DurationWithin(min, maxDurationUs);
    }

    private static SpanCondition DurationWithin(long minUs, long? maxUs)
    {
        // Durations are shown cut to microseconds, but never as 0 when there is one.
        SpanCondition atLeast = Duration(ComparisonOperator.GreaterOrEqual, minUs == 1 ? 1 : UnixTime.ToNs(minUs, UnixTime.NsPerMicro));
        return maxUs is { } max
            ? new SpanCondition.And(atLeast, Duration(ComparisonOperator.LessOrEqual, UnixTime.EndOfMicro(UnixTime.ToNs(max, UnixTime.NsPerMicro))))
            : atLeast;
    }

    private static SpanCondition.Compare Duration(ComparisonOperator comparison, long ns) => new(QueryField.Duration, comparison, AttributeValue.From(ns));

    private static SpanCondition.Compare NameEqual(IntrinsicField field, string name) =>
        new(new QueryField.Intrinsic(field), ComparisonOperator.Equal, AttributeValue.From(name)) { IgnoreCase = true };
}
