using System.Text;
using Clew.Formats.Tests.Thrift;
using Clew.Formats.Thrift;
using Clew.Model;
using Clew.TestKit;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Zipkin.V1;

public sealed class ZipkinV1DecoderTests
{
    private static readonly ZipkinV1TestSpan Full = new()
    {
        TimestampUs = 100,
        DurationUs = 90,
        Annotations =
        [
            (100, "cs", ZipkinV1ConversionTests.Frontend), (120, "sr", ZipkinV1ConversionTests.Backend), (130, "work", ZipkinV1ConversionTests.Backend),
            (150, "ss", ZipkinV1ConversionTests.Backend), (190, "cr", ZipkinV1ConversionTests.Frontend),
        ],
        Tags = [("http.path", "/Gr\u00fc\u00dfe", ZipkinV1ConversionTests.Frontend), ("sa", true, ZipkinV1ConversionTests.Backend), ("error", "x", ZipkinV1ConversionTests.Backend)],
    };

    [Fact]
    public void A_recorded_request_of_zipkin_js_decodes_to_what_it_sent()
    {
        var capture = new Capture("node-zipkin-js-v1");
        Span[] spans = [.. capture.Payloads().SelectMany(static payload => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Json, payload))];
        CaptureExpectations.Check(capture.Expectations(), spans, new CaptureTolerance { TimeUs = 1, TypesLost = true, InternalKindLost = true });
    }

    [Theory]
    [InlineData("""[{"id":"2"}]""", "traceId == 0 reading List<Span> from json at byte 1")]
    [InlineData("""[{"traceId":"0","id":"2"}]""", "traceId == 0 reading List<Span> from json at byte 1")]
    [InlineData("""[{"traceId":"1","id":"0"}]""", "id == 0 reading List<Span> from json at byte 1")]
    [InlineData("""[{"traceId":"1","id":"xyz"}]""", "xyz should be lower-hex encoded with no prefix reading List<Span> from json at byte 21")]
    [InlineData("""[{"annotations":[{"timestamp":1}]}]""", "Incomplete annotation at $[0].annotations[0].timestamp reading List<Span> from json at byte 31")]
    [InlineData("""[{"binaryAnnotations":[{"value":"1"}]}]""", "Incomplete binary annotation at $[0].binaryAnnotations[0].value reading List<Span> from json at byte 35")]
    [InlineData("""[{"traceId":"1","id":"2","tags":{}}]""", "Expected a JSON_V1 encoded list, but received: JSON_V2 at byte 32")]
    [InlineData("{}", "Expected a JSON_V1 encoded list at byte 0")]
    public void Bad_JSON_is_refused_in_Zipkins_words(string json, string message) =>
        Assert.Equal(message, Assert.Throws<SpanFormatException>(() => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Json, Encoding.UTF8.GetBytes(json))).Message);

    [Fact]
    public void JSON_may_hold_nulls_numbers_unknown_keys_and_long_ids()
    {
        Span span = Assert.Single(ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Json, """
            [{"traceId":"463ac35c9f6413ad48485a3953bb6124","id":"0000000000000000463ac35c9f6413ad","parentId":null,"name":null,"annotations":null,"x":[{}],
              "binaryAnnotations":[{"key":"n","value":5,"type":"I64","endpoint":null},{"key":"b","value":false},{"key":"o","value":{"a":1}}]}]
            """u8.ToArray()));
        Assert.Equal((TraceId.Parse("463ac35c9f6413ad48485a3953bb6124"), SpanId.Parse("463ac35c9f6413ad")), (span.TraceId, span.SpanId));
        Assert.Equal(["n=5", "b=false"], span.Attributes.Select(static item => item.ToString()));
    }

    [Fact]
    public void Typed_values_in_Thrift_keep_their_type()
    {
        var writer = new ThriftBinaryTestWriter();
        (int Type, byte[] Value)[] values = [(0, [1]), (1, [9]), (2, [0, 5]), (3, [0, 0, 1, 0]), (4, [255, 255, 255, 255, 255, 255, 255, 255]), (5, [0x3F, 0xF8, 0, 0, 0, 0, 0, 0]), (3, [1])];
        writer.List([0], ThriftType.Struct, _ => writer.Struct(
            new TestField(1, ThriftType.I64, () => writer.Int64(1)),
            new TestField(4, ThriftType.I64, () => writer.Int64(2)),
            new TestField(8, ThriftType.List, () => writer.List(values, ThriftType.Struct, item => writer.Struct(
                new TestField(1, ThriftType.Binary, () => writer.String("k")),
                new TestField(2, ThriftType.Binary, () => writer.Binary(item.Value)),
                new TestField(3, ThriftType.I32, () => writer.Int32(item.Type)))))));
        Span span = Assert.Single(ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, writer.ToArray()));
        Assert.Equal(
            [
                AttributeValue.From(true), AttributeValue.From(new byte[] { 9 }.AsMemory()), AttributeValue.From(5L), AttributeValue.From(256L), AttributeValue.From(-1L),
                AttributeValue.From(1.5), AttributeValue.From(new byte[] { 1 }.AsMemory()),
            ],
            span.Attributes.Select(static item => item.Value));
    }

    [Fact]
    public void A_Thrift_list_labelled_as_strings_is_read_as_the_structs_it_holds()
    {
        byte[] list = ZipkinV1TestSpan.ThriftList(Full);
        list[0] = 0x0b;
        Assert.Equal(Full.Convert(), ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, list));
    }

    [Fact]
    public void Several_spans_are_read_and_an_empty_list_is_one()
    {
        Span[] once = Full.Convert();
        Assert.Equal([.. once, .. once, .. once], ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, ZipkinV1TestSpan.ThriftList(Full, Full, Full)));
        Assert.Empty(ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, [0x0c, 0, 0, 0, 0]));
        Assert.Empty(ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Json, "[ ]"u8.ToArray()));
    }

    [Fact]
    public void Bad_Thrift_is_refused_and_says_where()
    {
        byte[] list = ZipkinV1TestSpan.ThriftList(Full);
        for (int length = 0; length < list.Length; length++)
            Assert.InRange(Assert.ThrowsAny<SpanFormatException>(() => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, list[..length])).ByteOffset, 0, length);
        Assert.Contains("follow the spans", Refusal([.. list, 0]));
        Assert.Equal("traceId == 0 reading List<Span> from TBinary at byte 5", Refusal([0x0c, 0, 0, 0, 1, 0]));
        Assert.Equal("Expected a THRIFT encoded list at byte 0", Refusal("[]"u8.ToArray()));

        static string Refusal(byte[] payload) => Assert.Throws<SpanFormatException>(() => ZipkinV1TestSpan.Decode(BatchFormat.ZipkinV1Thrift, payload)).Message;
    }

    [Theory]
    [InlineData(BatchFormat.ZipkinV1Json)]
    [InlineData(BatchFormat.ZipkinV1Thrift)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void Damaged_requests_are_decoded_or_refused_and_nothing_else_happens(BatchFormat format)
    {
        var builder = new SpanBatchBuilder();
        byte[][] valid = format == BatchFormat.ZipkinV1Json ? [Encode(format), File.ReadAllBytes(Path.Combine(Fixtures.Captures, "node-zipkin-js-v1.bin"))] : [Encode(format)];
        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder)), valid, 3000);
    }

    [Theory]
    [InlineData(BatchFormat.ZipkinV1Json)]
    [InlineData(BatchFormat.ZipkinV1Thrift)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void A_warm_decoder_allocates_nothing(BatchFormat format)
    {
        byte[] payload = Encode(format);
        var builder = new SpanBatchBuilder();
        SpanDecoder.Decode(format, payload, builder);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 40; i++)
                SpanDecoder.Decode(format, payload, builder);
        }));
    }

    private static byte[] Encode(BatchFormat format) => format switch
    {
        BatchFormat.ZipkinV1Json => ZipkinV1TestSpan.Json(Full, Full),
        BatchFormat.ZipkinV1Thrift => ZipkinV1TestSpan.ThriftList(Full, Full),
        _ => ZipkinV1TestSpan.ThriftMessage(new ThriftCompactTestWriter(), Full, Full),
    };
}
