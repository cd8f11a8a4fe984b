using System.Globalization;
using System.Text;
using Clew.Server.Operations.Metrics;
using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;

namespace Clew.Server.Api.Zipkin;

/// <summary>
/// The metrics of Zipkin's collector under its names, for dashboards and alerts made for it: <c>/metrics</c> as flat JSON, <c>/prometheus</c> followed by Clew's own.
/// What Clew refuses with an answer counts as dropped, as in Zipkin.
/// </summary>
internal sealed class ZipkinMetrics(IntakeRegistry intake, PrometheusExporter exporter)
{
    private static readonly (string Transport, string Receiver)[] Transports =
        [("http", ReceiverName.Zipkin), ("grpc", ReceiverName.ZipkinGrpc), ("rabbitmq", ReceiverName.ZipkinRabbitMq)];

    private static readonly Metric[] Metrics =
    [
        new("messages", IsCounter: true, "Messages received, with or without spans that could be read.", static tally => tally.Requests),
        new("messages_dropped", IsCounter: true, "Messages of which nothing was stored.", static tally => tally.RequestsRefused),
        new("bytes", IsCounter: true, "Bytes of messages, unfolded.", static tally => tally.PayloadBytes),
        new("spans", IsCounter: true, "Spans read from messages.", static tally => tally.SpansReceived),
        new("spans_dropped", IsCounter: true, "Spans read and not stored.", static tally => tally.SpansRefused),
        new("message_spans", IsCounter: false, "Spans of the last message.", static tally => tally.LastPayloadSpans),
        new("message_bytes", IsCounter: false, "Bytes of the last message, unfolded.", static tally => tally.LastPayloadBytes),
    ];

    public Task JsonAsync(HttpContext context) => JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer =>
    {
        writer.WriteStartObject();
        foreach (Metric metric in Metrics)
        {
            foreach ((string transport, string receiver) in Transports)
                writer.WriteNumber($"{(metric.IsCounter ? "counter" : "gauge")}.zipkin_collector.{metric.Name}.{transport}", metric.Read(intake[receiver]));
        }
        writer.WriteEndObject();
    });

    public Task PrometheusAsync(HttpContext context)
    {
        var text = new StringBuilder();
        foreach (Metric metric in Metrics)
        {
            string name = "zipkin_collector_" + metric.Name + (metric.IsCounter ? "_total" : "");
            text.Append("# HELP ").Append(name).Append(' ').Append(metric.Help).Append('\n');
            text.Append("# TYPE ").Append(name).Append(metric.IsCounter ? " counter\n" : " gauge\n");
            foreach ((string transport, string receiver) in Transports)
                text.Append(CultureInfo.InvariantCulture, $"{name}{{transport=\"{transport}\"}} {metric.Read(intake[receiver])}\n");
        }
        text.Append(exporter.Write());
        context.Response.ContentType = PrometheusText.ContentType;
        return JsonAnswer.WriteBytesAsync(context, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private sealed record Metric(string Name, bool IsCounter, string Help, Func<ReceiverTally, long> Read);
}
