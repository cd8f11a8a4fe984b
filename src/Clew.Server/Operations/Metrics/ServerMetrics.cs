using System.Diagnostics.Metrics;
using Clew.Server.Hosting;
using Clew.Storage;

namespace Clew.Server.Operations.Metrics;

/// <summary>The instruments of meter <c>Clew.Server</c>: what is kept, and how requests were answered.</summary>
internal sealed class ServerMetrics
{
    public const string MeterName = "Clew.Server";

    private readonly Histogram<double> requestDuration;

    public ServerMetrics(IMeterFactory meters, ISpanStore store)
    {
        Meter meter = meters.Create(MeterName);
        requestDuration = meter.CreateHistogram<double>("clew.http.request.duration", "s", "Time to answer a request, by listener and class of status.");
        meter.CreateObservableGauge("clew.store.spans", () => store.GetStatistics().Spans, "{span}", "Spans that can be found.");
        meter.CreateObservableGauge("clew.store.traces", () => store.GetStatistics().Traces, "{trace}", "Traces that can be found.");
        meter.CreateObservableGauge("clew.store", () => store.GetStatistics().Bytes, "By", "Approximate size of what is kept.");
        meter.CreateObservableCounter("clew.store.evicted.spans", () => store.GetStatistics().EvictedSpans, "{span}", "Spans removed to stay within the store's bounds.");
        meter.CreateObservableGauge("clew.build.info", static () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", ProductVersion.Text)), null, "Always 1; the version is a label.");
    }

    public void RequestAnswered(ListenerRole listener, int statusCode, TimeSpan duration) => requestDuration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("listener", Listener.Of(listener).Name),
        new KeyValuePair<string, object?>("status", StatusClass(statusCode)));

    private static string StatusClass(int statusCode) => (statusCode / 100) switch
    {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "other",
    };
}
