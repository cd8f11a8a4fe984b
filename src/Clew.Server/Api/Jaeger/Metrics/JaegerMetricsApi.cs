using System.Globalization;
using System.Text.Json;
using Clew.Query.Metrics;
using Clew.Storage;

namespace Clew.Server.Api.Jaeger.Metrics;

/// <summary>
/// <c>/api/metrics/{calls,errors,latencies,minstep}</c>: what the page "Monitor" of Jaeger's UI draws, from the store's own figures by the minute instead of a
/// Prometheus beside it.
/// </summary>
internal sealed class JaegerMetricsApi(ISpanStore store, TimeProvider time)
{
    public Task CallsAsync(HttpContext context) => AnswerAsync(context, "call_rate", "calls/sec", MetricWindow.CallRate);

    public Task ErrorsAsync(HttpContext context) =>
        AnswerAsync(context, "error_rate", "error rate, computed as a fraction of errors/sec over calls/sec", MetricWindow.ErrorShare);

    /// <summary>In milliseconds.</summary>
    public Task LatenciesAsync(HttpContext context)
    {
        double quantile = MetricParameters.Quantile(new JaegerParameters(context.Request.Query));
        string help = string.Create(CultureInfo.InvariantCulture, $"{quantile:F2}th quantile latency");
        return AnswerAsync(context, "latencies", help, MetricWindow.LatencyMs(quantile));
    }

    /// <summary>The shortest step with anything new in it, in milliseconds: a minute.</summary>
    public static Task MinStepAsync(HttpContext context) =>
        JaegerEnvelope.WriteAsync(context, total: 0, static writer => writer.WriteNumberValue(MinuteAggregate.MinuteNs / UnixTime.NsPerMilli));

    private async Task AnswerAsync(HttpContext context, string name, string help, Func<MetricWindow, double?> figure)
    {
        MetricParameters parameters = MetricParameters.Parse(new JaegerParameters(context.Request.Query), UnixTime.Now(time));
        var series = new List<MetricSeries>();
        foreach (string service in parameters.Services)
        {
            IReadOnlyList<MinuteAggregate> minutes = await store.GetMinuteAggregatesAsync(service, parameters.Question.Minutes, context.RequestAborted);
            series.AddRange(MetricCalculator.Calculate(minutes, parameters.Question, figure));
        }
        bool byOperation = parameters.Question.ByOperation;
        await JsonAnswer.WriteAsync(context, JaegerEnvelope.Layout(context), writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, (byOperation ? "service_operation_" : "service_") + name);
            writer.WriteString("type"u8, "GAUGE"u8);
            writer.WriteString("help"u8, help + (byOperation ? ", grouped by service & operation" : ", grouped by service"));
            writer.WriteStartArray("metrics"u8);
            foreach (MetricSeries one in series)
                Write(writer, one);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    // openmetrics' MetricFamily in protobuf's JSON (jaeger-idl, metricsquery.proto), without the envelope of the other answers.
    private static void Write(Utf8JsonWriter writer, MetricSeries series)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("labels"u8);
        if (series.Operation is not null)
            WriteLabel(writer, "operation", series.Operation);
        WriteLabel(writer, "service_name", series.Service);
        writer.WriteEndArray();
        writer.WriteStartArray("metricPoints"u8);
        foreach (MetricPoint point in series.Points)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("gaugeValue"u8);
            writer.WriteNumber("doubleValue"u8, point.Value);
            writer.WriteEndObject();
            writer.WriteString("timestamp"u8, TimeText(point.TimeNs));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("value"u8, value);
        writer.WriteEndObject();
    }

    // Protobuf's JSON has 0, 3, 6 or 9 digits behind the second; questions are asked in milliseconds, only "now" is finer.
    private static string TimeText(long ns)
    {
        DateTime utc = DateTime.UnixEpoch.AddTicks(ns / UnixTime.NsPerTick);
        string digits = ns % 1_000_000_000 == 0 ? "" : ns % UnixTime.NsPerMilli == 0 ? ".fff" : ns % UnixTime.NsPerMicro == 0 ? ".ffffff" : ".fffffff'00'";
        return utc.ToString($"yyyy-MM-dd'T'HH:mm:ss{digits}'Z'", CultureInfo.InvariantCulture);
    }
}
