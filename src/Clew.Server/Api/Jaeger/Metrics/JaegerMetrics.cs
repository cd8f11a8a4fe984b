using System.Globalization;
using Clew.Query.Metrics;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Metrics;

/// <summary>What Jaeger tells of services over time, whichever way it is asked, from the store's own figures by the minute.</summary>
internal sealed class JaegerMetrics(ISpanStore store)
{
    public ValueTask<MetricFamily> CallsAsync(MetricParameters parameters, CancellationToken cancellationToken) =>
        AnswerAsync(parameters, "call_rate", "calls/sec", MetricWindow.CallRate, cancellationToken);

    public ValueTask<MetricFamily> ErrorsAsync(MetricParameters parameters, CancellationToken cancellationToken) =>
        AnswerAsync(parameters, "error_rate", "error rate, computed as a fraction of errors/sec over calls/sec", MetricWindow.ErrorShare, cancellationToken);

    /// <summary>In milliseconds.</summary>
    public ValueTask<MetricFamily> LatenciesAsync(MetricParameters parameters, double quantile, CancellationToken cancellationToken)
    {
        string help = string.Create(CultureInfo.InvariantCulture, $"{quantile:F2}th quantile latency");
        return AnswerAsync(parameters, "latencies", help, MetricWindow.LatencyMs(quantile), cancellationToken);
    }

    private async ValueTask<MetricFamily> AnswerAsync(
        MetricParameters parameters, string name, string help, Func<MetricWindow, double?> figure, CancellationToken cancellationToken)
    {
        var series = new List<MetricSeries>();
        foreach (string service in parameters.Services)
        {
            IReadOnlyList<MinuteAggregate> minutes = await store.GetMinuteAggregatesAsync(service, parameters.Question.Minutes, cancellationToken).ConfigureAwait(false);
            series.AddRange(MetricCalculator.Calculate(minutes, parameters.Question, figure));
        }
        bool byOperation = parameters.Question.ByOperation;
        return new MetricFamily(
            (byOperation ? "service_operation_" : "service_") + name, help + (byOperation ? ", grouped by service & operation" : ", grouped by service"), series);
    }
}
