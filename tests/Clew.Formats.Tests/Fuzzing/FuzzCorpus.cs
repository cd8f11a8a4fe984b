using System.Buffers;
using Clew.Formats.Jaeger;
using Clew.Formats.Tests.Native;
using Clew.Formats.Tests.Otlp;
using Clew.Formats.Tests.Protobuf;
using Clew.Formats.Tests.Thrift;
using Clew.Formats.Tests.Zipkin.V1;
using Clew.Model;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Fuzzing;

/// <summary>Payloads of each format to break: what real clients sent, and by hand what none of them sends.</summary>
internal static class FuzzCorpus
{
    private static readonly ZipkinV1TestSpan V1 = new()
    {
        TraceId = new TraceId(7, 1),
        ParentSpanId = new SpanId(9),
        TimestampUs = 1_700_000_000_000_000,
        DurationUs = 20,
        Annotations = [(1_700_000_000_000_000, "cs", Host("web")), (1_700_000_000_000_005, "sr", Host("cart")), (1_700_000_000_000_020, "cr", Host("web")), (1_700_000_000_000_007, "note", null)],
        Tags = [("http.path", "/x", Host("web")), ("sa", true, Host("cart")), ("lc", "", Host("web"))],
    };

    public static IReadOnlyList<byte[]> Of(BatchFormat format) => format switch
    {
        BatchFormat.OtlpProtobuf => [.. Payloads("node-otlp-http-proto", "node-otlp-grpc", "otel-go-1.9.0-otlp-http-rich"), OtlpPayloads.Protobuf(OtlpBatches.Ordinary(5))],
        BatchFormat.OtlpJson => [.. Payloads("node-otlp-http-json"), OtlpPayloads.Json(OtlpBatches.Ordinary(5))],
        BatchFormat.JaegerThriftBinaryBatch => Payloads("node-jaeger-http", "otel-go-1.1.0-jaeger-http-rich", "jaeger-client-go-2.30.0-http-rich"),
        BatchFormat.JaegerThriftBinaryMessage => [.. Payloads("node-jaeger-udp", "node-otel-jaeger-udp"), ZipkinV1TestSpan.ThriftMessage(new ThriftBinaryTestWriter(), V1, V1)],
        BatchFormat.JaegerThriftCompactMessage =>
            [.. Payloads("node-jaeger-udp-compact", "otel-go-1.9.0-jaeger-udp-rich", "jaeger-client-go-2.30.0-udp-rich"), ZipkinV1TestSpan.ThriftMessage(new ThriftCompactTestWriter(), V1, V1)],
        BatchFormat.JaegerProtobufRequest => [JaegerRequest("otel-go-1.9.0-otlp-http-rich", BatchFormat.OtlpProtobuf), JaegerRequest("jaeger-client-go-2.30.0-http-rich", BatchFormat.JaegerThriftBinaryBatch)],
        BatchFormat.ZipkinV2Json => Payloads("node-zipkin-js", "node-zipkin-v2-json", "zipkin-go-0.1.5-json"),
        BatchFormat.ZipkinV1Json => [.. Payloads("node-zipkin-js-v1"), ZipkinV1TestSpan.Json(V1, V1)],
        BatchFormat.ZipkinProto3 => Payloads("node-zipkin-proto3"),
        BatchFormat.ZipkinV1Thrift => [ZipkinV1TestSpan.ThriftList(V1), ZipkinV1TestSpan.ThriftList(V1, V1, V1)],
        BatchFormat.ClewSpans => [ClewSpansTests.Encode(OtlpBatches.Ordinary(5)), ClewSpansTests.Encode([ClewSpansTests.Rich])],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No payloads of this format."),
    };

    private static byte[][] Payloads(params string[] captures) => [.. captures.SelectMany(static name => new Capture(name).Payloads())];

    private static Endpoint Host(string service) => new(service, new System.Net.IPAddress([10, 0, 0, 1]), null, 80);

    // The spans of a recording as api_v2 has them: a chunk of an answer is what a batch is.
    private static byte[] JaegerRequest(string capture, BatchFormat format)
    {
        var chunk = new ArrayBufferWriter<byte>();
        using var encoder = new JaegerProtobufEncoder();
        encoder.Write(chunk, [.. new Capture(capture).Payloads().SelectMany(payload => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, new SpanBatchBuilder())))]);
        return WireBytes.Field(1, chunk.WrittenSpan.ToArray());
    }
}
