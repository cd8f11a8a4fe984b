using Clew.Model;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpCaptureTests
{
    // Jaeger shows a status as these tags, and the Node expectations list them; in OTLP it is a field.
    private static readonly CaptureTolerance StatusIsAField = new()
    {
        AttributesElsewhere = new HashSet<string> { "otel.status_code", "otel.status_description" },
    };

    [Theory]
    [InlineData("node-otlp-grpc")]
    [InlineData("node-otlp-http-proto")]
    [InlineData("node-otlp-http-proto-gzip")]
    [InlineData("otel-go-1.9.0-otlp-grpc")]
    [InlineData("otel-go-1.9.0-otlp-grpc-rich")]
    [InlineData("otel-go-1.9.0-otlp-http-gzip")]
    [InlineData("otel-go-1.9.0-otlp-http-rich")]
    public void A_recorded_protobuf_request_decodes_to_what_its_client_sent(string name)
    {
        var capture = new Capture(name);
        CaptureExpectations.Check(capture.Expectations(), DecodeAll(BatchFormat.OtlpProtobuf, capture.Payloads()), StatusIsAField);
    }

    [Theory]
    [InlineData("node-otlp-http-json")]
    [InlineData("node-otlp-http-json-gzip")]
    public void A_recorded_json_request_decodes_to_what_its_client_sent(string name)
    {
        var capture = new Capture(name);
        CaptureExpectations.Check(capture.Expectations(), DecodeAll(BatchFormat.OtlpJson, capture.Payloads()), StatusIsAField);
    }

    [Fact]
    public void A_recorded_gzip_grpc_message_decodes_to_what_its_client_sent()
    {
        var capture = new Capture("node-otlp-grpc-gzip-framed");
        // A frame is one byte of flags, four of length, then the message.
        IEnumerable<byte[]> messages = capture.Payloads().Select(frame => Capture.Gunzip(frame[5..]));
        CaptureExpectations.Check(capture.Expectations(), DecodeAll(BatchFormat.OtlpProtobuf, messages), StatusIsAField);
    }

    [Fact]
    public void The_trace_messages_of_a_client_that_also_sends_metrics_decode_to_what_it_sent()
    {
        var capture = new Capture("otel-go-1.9.0-otlp-grpc-metrics");
        // The fourth message is a metrics request.
        CaptureExpectations.Check(capture.Expectations(), DecodeAll(BatchFormat.OtlpProtobuf, capture.Payloads().Take(3)));
    }

    private static List<Span> DecodeAll(BatchFormat format, IEnumerable<byte[]> payloads)
    {
        var builder = new SpanBatchBuilder();
        return [.. payloads.SelectMany(payload => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder)))];
    }
}
