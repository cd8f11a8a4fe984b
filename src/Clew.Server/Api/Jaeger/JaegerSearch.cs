using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Jaeger;

/// <summary>The parameters of <c>GET /api/traces</c>: either ids of traces, or a question that one span of a trace has to answer on its own.</summary>
/// <param name="TraceIds">When there are any, <paramref name="Query"/> is not asked.</param>
/// <param name="Query">What to search for.</param>
/// <param name="Raw">Spans as stored, without adjustments.</param>
internal sealed record JaegerSearch(IReadOnlyList<TraceId> TraceIds, TraceQuery Query, bool Raw)
{
    /// <summary>How far back a search goes that does not say.</summary>
    public const long LookbackNs = 2L * 24 * 3_600_000_000_000;

    /// <param name="parameters">The parameters; those that are not known are ignored, <c>lookback</c> too (Jaeger's page sends it for itself).</param>
    /// <param name="nowNs">Unix nanoseconds: where the default range ends.</param>
    /// <param name="limitMax">A larger limit is lowered to this.</param>
    /// <exception cref="ApiException">400, in Jaeger's words.</exception>
    public static JaegerSearch Parse(JaegerParameters parameters, long nowNs, int limitMax)
    {
        string service = parameters.Text("service");
        string operation = parameters.Text("operation");
        var range = new TimeRange(
            parameters.Integer("start") is { } start ? UnixTime.ToNs(start, UnixTime.NsPerMicro) : nowNs - LookbackNs,
            parameters.Integer("end") is { } end ? UnixTime.EndOfMicro(UnixTime.ToNs(end, UnixTime.NsPerMicro)) : nowNs);
        Dictionary<string, string> tags = JaegerTags.Parse(parameters);
        long limit = parameters.Integer("limit", int.MinValue, int.MaxValue) ?? JaegerQuestion.LimitDefault;
        long? minDurationNs = NullIfZero(parameters.DurationNs("minDuration"));
        long? maxDurationNs = NullIfZero(parameters.DurationNs("maxDuration"));
        bool raw = parameters.Flag("raw");
        TraceId[] traceIds = [.. parameters.All("traceID").Select(static hex => JaegerParameters.TraceIdOf(hex, "cannot parse traceID param: ")).Distinct()];
        if (traceIds.Length == 0 && service.Length == 0)
            throw ApiException.BadRequest("parameter 'service' is required");
        if (maxDurationNs < minDurationNs)
            throw ApiException.BadRequest("'maxDuration' should be greater than 'minDuration'");
        if (limit < 1)
            throw ApiException.BadRequest($"parameter 'limit' must be at least 1, received: {limit}");

        var question = new JaegerQuestion
        {
            Service = service,
            Operation = operation,
            Tags = tags,
            Range = range,
            MinDurationNs = minDurationNs,
            MaxDurationNs = maxDurationNs,
            Limit = (int)limit,
        };
        return new JaegerSearch(traceIds, question.ToQuery(limitMax), raw);
    }

    // Zero means "no bound" in Jaeger.
    private static long? NullIfZero(long? durationNs) => durationNs == 0 ? null : durationNs;
}
