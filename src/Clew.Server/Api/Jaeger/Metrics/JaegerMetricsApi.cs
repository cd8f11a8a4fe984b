using System.Globalization;
using System.Text.Json;
using Clew.Query.Metrics;

namespace Clew.Server.Api.Jaeger.Metrics;

/// <summary>
/// <c>/api/metrics/{calls,errors,latencies,minstep}</c>: what the page "Monitor" of Jaeger's UI draws, from the store's own figures by the minute instead of a
/// Prometheus beside it.
/// </summary>
internal sealed class JaegerMetricsApi(JaegerMetrics metrics, TimeProvider time)
{
    public async Task CallsAsync(HttpContext context) => await WriteAsync(context, await metrics.CallsAsync(Parameters(context), context.RequestAborted));

    public async Task ErrorsAsync(HttpContext context) => await WriteAsync(context, await metrics.ErrorsAsync(Parameters(context), context.RequestAborted));

    public async Task LatenciesAsync(HttpContext context)
    {
        double quantile = MetricParameters.Quantile(new JaegerParameters(context.Request.Query));
        await WriteAsync(context, await metrics.LatenciesAsync(Parameters(context), quantile, context.RequestAborted));
    }

    /// <summary>The shortest step with anything new in it, in milliseconds: a minute.</summary>
    public static Task MinStepAsync(HttpContext context) =>
        JaegerEnvelope.WriteAsync(context, total: 0, static writer => writer.WriteNumberValue(MinuteAggregate.MinuteNs / UnixTime.NsPerMilli));

    private MetricParameters Parameters(HttpContext context) => MetricParameters.Parse(new JaegerParameters(context.Request.Query), UnixTime.Now(time));

    private static Task WriteAsync(HttpContext context, MetricFamily family) => JsonAnswer.WriteAsync(context, JaegerEnvelope.Layout(context), writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, family.Name);
        writer.WriteString("type"u8, "GAUGE"u8);
        writer.WriteString("help"u8, family.Help);
        writer.WriteStartArray("metrics"u8);
        foreach (MetricSeries one in family.Series)
            Write(writer, one);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

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
