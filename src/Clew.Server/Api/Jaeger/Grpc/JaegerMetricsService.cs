using System.Buffers;
using System.Buffers.Binary;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Server.Api.Jaeger.Metrics;
using Clew.Server.Receivers;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Api.Jaeger.Grpc;

/// <summary><c>jaeger.api_v2.metrics.MetricsQueryService</c> (jaeger-idl, <c>metricsquery.proto</c> and <c>openmetrics.proto</c>): <c>/api/metrics</c> over gRPC.</summary>
internal sealed class JaegerMetricsService(JaegerMetrics metrics, TimeProvider time)
{
    public const string Name = "jaeger.api_v2.metrics.MetricsQueryService";

    private const int Gauge = 1;
    private const byte DoubleValueTag = 1 << 3 | 1;

    public IEnumerable<GrpcMethod> Methods =>
    [
        new UnaryGrpcMethod($"/{Name}/GetCallRates", null, call => AnswerAsync(call, (_, parameters) => metrics.CallsAsync(parameters, call.CancellationToken))),
        new UnaryGrpcMethod($"/{Name}/GetErrorRates", null, call => AnswerAsync(call, (_, parameters) => metrics.ErrorsAsync(parameters, call.CancellationToken))),
        new UnaryGrpcMethod($"/{Name}/GetLatencies", null, call => AnswerAsync(call, (request, parameters) => request.Quantile is > 0 and <= 1
            ? metrics.LatenciesAsync(parameters, request.Quantile, call.CancellationToken)
            : throw JaegerQueryCalls.Invalid("please provide a quantile value between (0, 1]"))),
        new UnaryGrpcMethod($"/{Name}/GetMinStepDuration", null, GetMinStepAsync),
    ];

    /// <summary><c>{1 MetricFamily}</c>.</summary>
    private async ValueTask AnswerAsync(GrpcCall call, Func<JaegerMetricsRequest, MetricParameters, ValueTask<MetricFamily>> ask)
    {
        JaegerMetricsRequest request = JaegerMetricsReader.Read((await call.Request.GetPayloadAsync(call.CancellationToken).ConfigureAwait(false)).Span);
        Write(call.Response, await ask(request, Parameters(request)).ConfigureAwait(false));
    }

    private MetricParameters Parameters(JaegerMetricsRequest request)
    {
        HashSet<SpanKind> kinds = [.. request.Kinds.Select(static kind => kind <= (ulong)SpanKind.Consumer
            ? (SpanKind)kind
            : throw JaegerQueryCalls.Invalid($"unsupported span kind: {kind}"))];
        try
        {
            return MetricParameters.Of(
                request.Services, request.ByOperation, kinds, request.EndNs ?? UnixTime.Now(time), Ms(request.LookbackNs), Ms(request.StepNs), Ms(request.RatePerNs));
        }
        catch (ApiException error)
        {
            throw JaegerQueryCalls.Invalid(error.Message);
        }
    }

    /// <summary><c>{1 Duration}</c>.</summary>
    private static ValueTask GetMinStepAsync(GrpcCall call)
    {
        var duration = new ArrayBufferWriter<byte>();
        duration.WriteInt64(1, MinuteAggregate.MinuteNs / 1_000_000_000);
        call.Response.WriteMessage(1, duration.WrittenSpan);
        return ValueTask.CompletedTask;
    }

    private static void Write(IBufferWriter<byte> output, MetricFamily family)
    {
        var message = new ArrayBufferWriter<byte>();
        message.WriteString(1, family.Name);
        message.WriteInt64(2, Gauge);
        message.WriteString(4, family.Help);
        foreach (MetricSeries series in family.Series)
            message.WriteMessage(5, Metric(series));
        output.WriteMessage(1, message.WrittenSpan);
    }

    private static ReadOnlySpan<byte> Metric(MetricSeries series)
    {
        var metric = new ArrayBufferWriter<byte>();
        if (series.Operation is not null)
            metric.WriteMessage(1, Label("operation", series.Operation));
        metric.WriteMessage(1, Label("service_name", series.Service));
        foreach (MetricPoint point in series.Points)
            metric.WriteMessage(2, Point(point));
        return metric.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Label(string name, string value)
    {
        var label = new ArrayBufferWriter<byte>();
        label.WriteString(1, name);
        label.WriteString(2, value);
        return label.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Point(MetricPoint point)
    {
        // One of several kinds of value: written at zero too, or it would be none of them.
        Span<byte> gauge = stackalloc byte[1 + sizeof(double)];
        gauge[0] = DoubleValueTag;
        BinaryPrimitives.WriteDoubleLittleEndian(gauge[1..], point.Value);
        var moment = new ArrayBufferWriter<byte>();
        moment.WriteInt64(1, point.TimeNs / 1_000_000_000);
        moment.WriteInt64(2, point.TimeNs % 1_000_000_000);
        var message = new ArrayBufferWriter<byte>();
        message.WriteMessage(2, gauge);
        message.WriteMessage(8, moment.WrittenSpan);
        return message.WrittenSpan;
    }

    // What is too long for milliseconds to tell apart is refused as too long.
    private static long? Ms(long? ns) => ns / UnixTime.NsPerMilli;
}
