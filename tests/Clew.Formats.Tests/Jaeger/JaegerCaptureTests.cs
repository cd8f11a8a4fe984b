using Clew.Model;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerCaptureTests
{
    // What the expectation lists as tags or log fields and the model has fields for.
    private static readonly HashSet<string> Fields = ["span.kind", "error", "otel.status_code", "otel.status_description"];
    private static readonly HashSet<string> EventFields = ["event"];

    [Theory]
    [InlineData("jaeger-client-go-2.30.0-udp", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("jaeger-client-go-2.30.0-udp-debug", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("jaeger-client-go-2.30.0-udp-remote-sampler", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("jaeger-client-go-2.30.0-udp-rich", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("jaeger-client-go-2.30.0-http-rich", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("otel-go-1.1.0-jaeger-udp", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("otel-go-1.1.0-jaeger-udp-rich", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("otel-go-1.1.0-jaeger-udp-split", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("otel-go-1.1.0-jaeger-http", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("otel-go-1.1.0-jaeger-http-rich", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("otel-go-1.9.0-jaeger-udp-rich", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("otel-go-1.9.0-jaeger-http-rich", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("node-jaeger-udp", BatchFormat.JaegerThriftBinaryMessage)]
    [InlineData("node-jaeger-udp-compact", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("node-jaeger-http", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("node-otel-jaeger-udp", BatchFormat.JaegerThriftBinaryMessage)]
    public void A_recorded_payload_decodes_to_what_its_client_sent(string name, BatchFormat format)
    {
        var capture = new Capture(name);
        var builder = new SpanBatchBuilder();
        List<Span> spans = [.. capture.Payloads().SelectMany(payload => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder)))];
        CaptureExpectations.Check(capture.Expectations(), spans, ToleranceOf(name));
    }

    private static CaptureTolerance ToleranceOf(string name) => new()
    {
        AttributesElsewhere = Fields,
        EventAttributesElsewhere = EventFields,
        // OpenTelemetry Go writes no span.kind for internal spans.
        InternalKindLost = name.StartsWith("otel-go", StringComparison.Ordinal),
        // Jaeger's clients know error = true and no message; they say how the root was sampled.
        StatusMessageLost = name.StartsWith("node-jaeger", StringComparison.Ordinal),
        MayAdd = key => key.StartsWith("sampler.", StringComparison.Ordinal)
            || (name.StartsWith("node-otel", StringComparison.Ordinal) && IsResourceAttribute(key)),
    };

    // OpenTelemetry JS repeats the resource in every span's tags.
    private static bool IsResourceAttribute(string key) =>
        key is "service.name" or "service.version" or "deployment.environment" || key.StartsWith("telemetry.sdk.", StringComparison.Ordinal);
}
