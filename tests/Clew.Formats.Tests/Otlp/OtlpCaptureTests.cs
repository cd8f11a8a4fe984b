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

    /// <summary>The comparison the other tests rest on does see differences.</summary>
    [Fact]
    public void A_span_that_differs_in_anything_the_client_said_is_reported()
    {
        var capture = new Capture("node-otlp-http-proto");
        List<Span> decoded = DecodeAll(BatchFormat.OtlpProtobuf, capture.Payloads());
        int rich = decoded.FindIndex(span => span.Name == "POST /checkout");
        int linked = decoded.FindIndex(span => span.Links.Count > 0);
        Differs(rich, span => span with { Name = "GET /checkout" });
        Differs(rich, span => span with { Kind = SpanKind.Client });
        Differs(rich, span => span with { StartNs = span.StartNs + 1000 });
        Differs(rich, span => span with { DurationNs = span.DurationNs - 1000 });
        Differs(rich, span => span with { Status = StatusCode.Error });
        Differs(rich, span => span with { ParentSpanId = new SpanId(1) });
        Differs(rich, span => span with { SpanId = new SpanId(1) });
        Differs(rich, span => span with { Resource = Resource.None });
        Differs(rich, span => span with { Attributes = new AttributeList([.. span.Attributes.Skip(1)]) });
        Differs(rich, span => span with { Attributes = new AttributeList([.. span.Attributes, new KeyValue("more", AttributeValue.Empty)]) });
        Differs(rich, span => span with { Attributes = new AttributeList([.. span.Attributes.Select(item => item.Key == "cart.items" ? new KeyValue(item.Key, AttributeValue.From("3")) : item)]) });
        Differs(rich, span => span with { Events = new EquatableList<SpanEvent>([.. span.Events.Reverse()]) });
        Differs(linked, span => span with { Links = EquatableList<SpanLink>.None });
        Assert.Throws<Xunit.Sdk.FailException>(() => CaptureExpectations.Check(capture.Expectations(), [.. decoded, decoded[0]], StatusIsAField));
        Assert.Throws<Xunit.Sdk.FailException>(() => CaptureExpectations.Check(capture.Expectations(), decoded[1..], StatusIsAField));

        void Differs(int index, Func<Span, Span> change)
        {
            List<Span> changed = [.. decoded];
            changed[index] = change(changed[index]);
            Assert.Throws<Xunit.Sdk.FailException>(() => CaptureExpectations.Check(capture.Expectations(), changed, StatusIsAField));
        }
    }

    private static List<Span> DecodeAll(BatchFormat format, IEnumerable<byte[]> payloads)
    {
        var builder = new SpanBatchBuilder();
        return [.. payloads.SelectMany(payload => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder)))];
    }
}
