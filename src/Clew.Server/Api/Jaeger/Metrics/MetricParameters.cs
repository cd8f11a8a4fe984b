using System.Globalization;
using Clew.Model;
using Clew.Query.Metrics;

namespace Clew.Server.Api.Jaeger.Metrics;

/// <summary>The parameters of <c>/api/metrics/*</c>: of which services, and over what time.</summary>
/// <param name="Services">At least one.</param>
/// <param name="Question">Of each of them.</param>
internal sealed record MetricParameters(IReadOnlyList<string> Services, MetricQuestion Question)
{
    // As many points as Prometheus gives at most, whose limit clients of Jaeger know.
    private const int PointsMax = 11_000;
    private const long LookbackMs = 3_600_000;
    private const long StepMs = 5_000;
    private const long RatePerMs = 600_000;

    // A year: what is asked beyond is a slip of the pen, and the arithmetic stays far from the ends of 64 bits.
    private const long SpanMaxMs = 366L * 24 * 3_600_000;

    private static readonly HashSet<SpanKind> Servers = [SpanKind.Server];

    /// <exception cref="ApiException">400, in Jaeger's words.</exception>
    public static MetricParameters Parse(JaegerParameters parameters, long nowNs)
    {
        IEnumerable<string> services = parameters.All("service");
        bool byOperation = parameters.Flag("groupByOperation");
        HashSet<SpanKind> kinds = [.. parameters.All("spanKind").Select(KindOf)];
        long endNs = parameters.Integer("endTs") is { } endMs ? UnixTime.ToNs(endMs, UnixTime.NsPerMilli) : nowNs;
        return Of(services, byOperation, kinds, endNs, parameters.Integer("lookback"), parameters.Integer("step"), parameters.Integer("ratePer"));
    }

    /// <summary>Lengths are milliseconds; those that are null have Jaeger's defaults, and no kinds mean servers.</summary>
    /// <exception cref="ApiException">400, in Jaeger's words.</exception>
    public static MetricParameters Of(
        IEnumerable<string> services, bool byOperation, IReadOnlySet<SpanKind> kinds, long endNs, long? lookback, long? step, long? ratePer)
    {
        string[] named = [.. services.Where(static service => service.Length > 0).Distinct()];
        if (named.Length == 0)
            throw JaegerParameters.CannotParse("service", "please provide at least one service name");
        long lookbackMs = Length("lookback", lookback ?? LookbackMs, min: 0);
        long stepMs = Length("step", step ?? StepMs, min: 1);
        long ratePerMs = Length("ratePer", ratePer ?? RatePerMs, min: 1);
        if (lookbackMs / stepMs >= PointsMax)
            throw ApiException.BadRequest($"a lookback of {lookbackMs} ms in steps of {stepMs} ms gives more than {PointsMax} points; ask for longer steps");
        if (endNs < SpanMaxMs * 2 * UnixTime.NsPerMilli || endNs > long.MaxValue - SpanMaxMs * UnixTime.NsPerMilli)
            throw JaegerParameters.CannotParse("endTs", "no time that spans are of");
        var range = new TimeRange(endNs - lookbackMs * UnixTime.NsPerMilli, endNs);
        IReadOnlySet<SpanKind> wanted = kinds.Count > 0 ? kinds : Servers;
        return new MetricParameters(named, new MetricQuestion(range, stepMs * UnixTime.NsPerMilli, ratePerMs * UnixTime.NsPerMilli, wanted, byOperation));
    }

    /// <summary>From 0 to 1; it has no default.</summary>
    /// <exception cref="ApiException">400: not such a number.</exception>
    public static double Quantile(JaegerParameters parameters)
    {
        string text = parameters.Text("quantile");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double quantile))
            throw JaegerParameters.CannotParse("quantile", GoText.InvalidSyntax("ParseFloat", text));
        return quantile is >= 0 and <= 1 ? quantile : throw JaegerParameters.CannotParse("quantile", $"must be from 0 to 1, received: {text}");
    }

    private static SpanKind KindOf(string text) => text switch
    {
        "unspecified" => SpanKind.Unspecified,
        "internal" => SpanKind.Internal,
        "server" => SpanKind.Server,
        "client" => SpanKind.Client,
        "producer" => SpanKind.Producer,
        "consumer" => SpanKind.Consumer,
        _ => throw JaegerParameters.CannotParse("spanKind", $"unsupported span kind: '{text}'"),
    };

    private static long Length(string name, long ms, long min) => ms >= min && ms <= SpanMaxMs
        ? ms
        : throw JaegerParameters.CannotParse(name, $"must be from {min} to {SpanMaxMs} milliseconds, received: {ms}");
}
