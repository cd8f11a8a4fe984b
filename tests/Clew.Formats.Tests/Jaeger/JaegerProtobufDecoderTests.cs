using Clew.Formats.Tests.Protobuf;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerProtobufDecoderTests
{
    private static readonly TestSpan Plain = new() { TraceId = new TraceId(1, 2), SpanId = new SpanId(3), Name = "op", StartUs = 1_700_000_000_000_001, DurationUs = 5 };

    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public void A_batch_means_what_the_same_batch_in_Thrift_means() => Properties.ForAll(JaegerGen.Any, batch =>
    {
        // A parent that only parentSpanId names is a reference here.
        Span[] expected = JaegerOracle.Spans(batch with { Spans = [.. batch.Spans.Select(AsReference)] });
        Assert.Equal(expected, Decode(JaegerProtobufTestEncoder.Encode(batch)));
    });

    [Fact]
    public void Spans_with_the_same_process_share_a_resource_row_wherever_the_process_stands() => Properties.ForAll(JaegerGen.Any, batch =>
    {
        Span[] expected = Decode(JaegerProtobufTestEncoder.Encode(batch));
        Assert.Equal(expected, Decode(JaegerProtobufTestEncoder.Encode(batch, processPerSpan: true)));
        // Row 0 is the empty one, row 1 the batch's.
        Assert.Equal(batch.Spans.Count == 0 ? 2 : 3, builder.Batch.Resources.Count);
    });

    [Fact]
    public void The_process_of_a_span_wins_over_that_of_the_batch()
    {
        byte[] own = JaegerProtobufTestEncoder.Process(new TestProcess("own", []));
        byte[] request = WireBytes.Field(1,
            WireBytes.Field(1, JaegerProtobufTestEncoder.Span(Plain, own)),
            WireBytes.Field(1, JaegerProtobufTestEncoder.Span(Plain)),
            WireBytes.Field(2, JaegerProtobufTestEncoder.Process(new TestProcess("batch", []))));

        Assert.Equal(["own", "batch"], Decode(request).Select(span => span.ServiceName));
    }

    [Fact]
    public void Warnings_are_kept_as_the_attribute_that_carries_them()
    {
        Span span = Assert.Single(Decode(Request(Plain with { Warnings = ["late", "clock"], Tags = [new KeyValue("a", AttributeValue.From(1))] })));

        Assert.True(span.Attributes.TryGet("@jaeger@warnings", out AttributeValue warnings));
        Assert.Equal(["late", "clock"], warnings.AsArray().Select(item => item.AsString()));
        Assert.Equal(2, span.Attributes.Count);
    }

    [Fact]
    public void Times_keep_their_nanoseconds_and_those_beyond_64_bits_do_not_wrap()
    {
        byte[] Time(long seconds, long nanos) => [.. WireBytes.VarintField(1, (ulong)seconds), .. WireBytes.VarintField(2, (ulong)nanos)];
        byte[] Span(byte[] start, byte[] duration) => WireBytes.Field(1, WireBytes.Field(1, WireBytes.Field(6, start), WireBytes.Field(7, duration)));

        Span exact = Assert.Single(Decode(Span(Time(1_700_000_000, 123_456_789), Time(0, 1))));
        Assert.Equal((1_700_000_000_123_456_789, 1L), (exact.StartNs, exact.DurationNs));
        Span absurd = Assert.Single(Decode(Span(Time(long.MaxValue, 0), Time(-1, -5))));
        Assert.Equal((long.MaxValue, -1_000_000_005L), (absurd.StartNs, absurd.DurationNs));
    }

    [Fact]
    public void A_trace_id_of_8_bytes_is_the_low_half()
    {
        byte[] request = WireBytes.Field(1, WireBytes.Field(1, WireBytes.Field(1, JaegerProtobufTestEncoder.SpanId(new SpanId(9)))));

        Assert.Equal(new TraceId(0, 9), Assert.Single(Decode(request)).TraceId);
    }

    [Fact]
    public void What_cannot_be_understood_is_refused_with_its_field_and_offset()
    {
        foreach ((byte[] span, string text) in new[]
        {
            (WireBytes.Field(1, [1, 2, 3]), "a trace id of 3 bytes in Span.trace_id"),
            (WireBytes.Field(2, [1, 2, 3]), "a span id of 3 bytes in Span.span_id"),
            (WireBytes.VarintField(3, 5), "wire type 0 does not fit Span.operation_name"),
            (WireBytes.Field(4, WireBytes.VarintField(3, 9)), "the unknown value 9 in SpanRef.ref_type"),
            (WireBytes.Field(8, WireBytes.VarintField(2, 5)), "the unknown value 5 in KeyValue.v_type"),
            (WireBytes.Field(6, WireBytes.Field(1, [1])), "wire type 2 does not fit time.seconds"),
        })
        {
            SpanFormatException error = Assert.Throws<SpanFormatException>(() => Decode(WireBytes.Field(1, WireBytes.Field(1, span))));
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
            Assert.Contains("at byte", error.Message, StringComparison.Ordinal);
        }
        Assert.Single(Decode(Request(Plain)));
    }

    [Fact]
    public void Fields_of_newer_senders_are_skipped()
    {
        byte[] span = [.. WireBytes.Field(99, "new"), .. JaegerProtobufTestEncoder.Span(Plain), .. WireBytes.Field(11, "p1")];

        Assert.Equal("op", Assert.Single(Decode(WireBytes.Field(1, WireBytes.Field(1, span), WireBytes.VarintField(7, 1)))).Name);
    }

    [Fact]
    public void A_request_of_more_spans_than_allowed_is_refused()
    {
        var small = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 2 });

        Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, Request(Plain, Plain, Plain), small));
    }

    [Fact]
    public void Broken_requests_are_refused_or_read_but_never_break_the_decoder()
    {
        var bounded = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 200, SpanAttributesMax = 2000, OtherAttributesMax = 1000, ElementsMax = 500, EventsMax = 200, LinksMax = 200, ResourcesMax = 50 });
        TestSpan rich = Plain with
        {
            ParentSpanId = new SpanId(7),
            References = [new TestReference(true, new TraceId(0, 5), new SpanId(6))],
            Tags = [new("span.kind", AttributeValue.From("client")), new("n", AttributeValue.From(-5)), new("b", AttributeValue.From(true)), new("d", AttributeValue.From(1.5))],
            Logs = [new TestLog(1_700_000_000_000_002, [new("event", AttributeValue.From("e")), new("x", AttributeValue.From("y"))])],
            Warnings = ["w"],
        };
        var batch = new TestBatch(new TestProcess("svc", [new("host", AttributeValue.From("h"))]), [rich, Plain, rich]);
        byte[][] valid = [JaegerProtobufTestEncoder.Encode(batch), JaegerProtobufTestEncoder.Encode(batch, processPerSpan: true)];

        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, payload, bounded)), valid, cases: 3000);
    }

    [Fact]
    public void A_warm_decoder_allocates_nothing()
    {
        byte[] request = Request([.. Enumerable.Repeat(Plain with { Tags = [new("span.kind", AttributeValue.From("client"))], Warnings = ["w"] }, 200)]);
        for (int i = 0; i < 5; i++)
            SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, request, builder);

        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, request, builder);
        }));
    }

    private static byte[] Request(params TestSpan[] spans) => JaegerProtobufTestEncoder.Encode(new TestBatch(new TestProcess("svc", []), [.. spans]));

    private static TestSpan AsReference(TestSpan span) => span.ParentSpanId.IsZero ? span : span with
    {
        ParentSpanId = default,
        References = [new TestReference(false, span.TraceId, span.ParentSpanId), .. span.References],
    };

    private Span[] Decode(byte[] request) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, request, builder));
}
