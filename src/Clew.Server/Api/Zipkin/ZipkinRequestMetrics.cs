using System.Diagnostics.Metrics;
using System.Globalization;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// <c>http_server_requests_seconds</c> by method, status and route, as Zipkin's server (Spring's naming) has it for its port. Routes are patterns, and a
/// mirror under <c>/zipkin</c> counts as what it mirrors, so the labels take few values.
/// </summary>
internal sealed class ZipkinRequestMetrics
{
    public const string MeterName = "Clew.Zipkin";

    private const string Mirror = "/zipkin/api/";

    private readonly Histogram<double> duration;
    private readonly TimeProvider time;

    public ZipkinRequestMetrics(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        duration = meters.Create(MeterName).CreateHistogram<double>("http.server.requests", "s", "Time to answer a request of Zipkin's port, by method, status and route.");
    }

    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        long start = time.GetTimestamp();
        await next(context);
        duration.Record(
            time.GetElapsedTime(start).TotalSeconds,
            new KeyValuePair<string, object?>("method", Method(context.Request.Method)),
            new KeyValuePair<string, object?>("status", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)),
            new KeyValuePair<string, object?>("uri", Route(context)));
    }

    // Any word may stand there.
    private static string Method(string method) => method switch
    {
        "GET" or "POST" or "HEAD" or "OPTIONS" => method,
        _ => "OTHER",
    };

    // Spring's word for paths that nothing answers.
    private static string Route(HttpContext context)
    {
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is not { } pattern)
            return "NOT_FOUND";
        return pattern.StartsWith(Mirror, StringComparison.Ordinal) ? pattern["/zipkin".Length..] : pattern;
    }
}
