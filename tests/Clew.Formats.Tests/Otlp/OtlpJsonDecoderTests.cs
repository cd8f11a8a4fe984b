using System.Text;
using Clew.Model;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpJsonDecoderTests
{
    [Fact]
    public void Texts_without_escapes_are_slices_of_the_payload_and_texts_with_escapes_are_not()
    {
        byte[] payload = Encoding.UTF8.GetBytes(Request("""{"name":"plain","traceState":"a\tb"}"""));
        SpanBatch batch = SpanDecoder.Decode(BatchFormat.OtlpJson, payload, new SpanBatchBuilder());
        SpanRow row = batch.Spans[0];
        Assert.Equal("plain"u8, payload.AsSpan(row.Name.Offset, row.Name.Length));
        Assert.True(row.TraceState.Offset < 0);
        Assert.Equal("a\tb"u8, batch.Bytes(row.TraceState));
    }

    [Theory]
    [InlineData("""{"intValue":5}""", 5)]
    [InlineData("""{"intValue":"5"}""", 5)]
    [InlineData("""{"intValue":"-9223372036854775808"}""", long.MinValue)]
    [InlineData("""{"intValue":9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"int_value":7}""", 7)]
    [InlineData("""{"intValue":1.5e1}""", 15)]
    [InlineData("""{"int\u0056alue":8}""", 8)]
    public void Integers_may_be_numbers_or_strings(string value, long expected) => Assert.Equal(AttributeValue.From(expected), Value(value));

    [Theory]
    [InlineData("""{"doubleValue":1.5}""", 1.5)]
    [InlineData("""{"doubleValue":"1.5"}""", 1.5)]
    [InlineData("""{"doubleValue":2}""", 2.0)]
    [InlineData("""{"doubleValue":"NaN"}""", double.NaN)]
    [InlineData("""{"doubleValue":"Infinity"}""", double.PositiveInfinity)]
    [InlineData("""{"doubleValue":"-Infinity"}""", double.NegativeInfinity)]
    public void Doubles_may_be_numbers_or_strings(string value, double expected) => Assert.Equal(AttributeValue.From(expected), Value(value));

    [Theory]
    [InlineData("""{"bytesValue":"-_8="}""")]
    [InlineData("""{"bytesValue":"+/8="}""")]
    [InlineData("""{"bytesValue":"-_8"}""")]
    [InlineData("""{"bytesValue":"+\/8="}""")]
    public void Bytes_are_base64_in_either_alphabet(string value) => Assert.Equal(AttributeValue.From(new byte[] { 0xFB, 0xFF }.AsMemory()), Value(value));

    [Theory]
    [InlineData("4")]
    [InlineData("\"SPAN_KIND_PRODUCER\"")]
    public void A_kind_may_be_a_number_or_a_name(string kind) => Assert.Equal(SpanKind.Producer, One($$"""{"kind":{{kind}}}""").Kind);

    [Theory]
    [InlineData("17")]
    [InlineData("-1")]
    [InlineData("\"SPAN_KIND_OF_MAGIC\"")]
    [InlineData("\"\\ud800\"")]
    public void An_unknown_kind_is_unspecified(string kind) => Assert.Equal(SpanKind.Unspecified, One($$"""{"kind":{{kind}}}""").Kind);

    [Fact]
    public void A_status_code_may_be_a_name() =>
        Assert.Equal(StatusCode.Error, One("""{"status":{"code":"STATUS_CODE_ERROR"}}""").Status);

    [Theory]
    [InlineData("0102030405060708090a0b0c0d0e0f10")]
    [InlineData("0102030405060708090A0B0C0D0E0F10")]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEA==")]
    public void A_trace_id_may_be_hex_of_either_case_or_base64(string id) =>
        Assert.Equal(new TraceId(0x0102030405060708, 0x090a0b0c0d0e0f10), One($$"""{"traceId":"{{id}}"}""").TraceId);

    [Theory]
    [InlineData("0102030405060708")]
    [InlineData("AQIDBAUGBwg=")]
    public void A_span_id_may_be_hex_or_base64(string id) => Assert.Equal(new SpanId(0x0102030405060708), One($$"""{"spanId":"{{id}}"}""").SpanId);

    [Fact]
    public void Names_of_the_proto_files_are_accepted()
    {
        const string json = """
            {"resource_spans":[{"scope_spans":[{"spans":[{"parent_span_id":"0000000000000007","start_time_unix_nano":"10","end_time_unix_nano":30,
            "dropped_attributes_count":2,"events":[{"time_unix_nano":"15"}]}],"schema_url":"s"}]}]}
            """;
        Span span = Assert.Single(Decode(json));
        Assert.Equal((new SpanId(7), 10, 20, 2u, "s"), (span.ParentSpanId, span.StartNs, span.DurationNs, span.DroppedAttributesCount, span.Scope.SchemaUrl));
        Assert.Equal(15, Assert.Single(span.Events).TimeNs);
    }

    [Fact]
    public void Unknown_keys_and_nulls_are_passed_over()
    {
        Span span = One("""{"new":[{"x":{"y":null}}],"name":"n","status":null,"events":null,"links":[null],"attributes":[{"key":"k","value":null},{"key":"a","value":{"arrayValue":{"values":[null,{"intValue":1}]}}}]}""");
        Assert.Equal("n", span.Name);
        Assert.Empty(span.Links);
        Assert.Equal(["k=", "a=[null,1]"], span.Attributes.Select(item => item.ToString()));
    }

    [Fact]
    public void A_key_that_stands_twice_counts_as_one_list()
    {
        const string json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":1}}]},
            "scopeSpans":[{"spans":[{"events":[{"attributes":[{"key":"e"}]}]}]}],
            "resource":{"attributes":[{"key":"b","value":{"intValue":2}}]}}]}
            """;
        Span span = Assert.Single(Decode(json));
        Assert.Equal(["a=1", "b=2"], span.Resource.Attributes.Select(item => item.ToString()));
        Assert.Equal("e", Assert.Single(Assert.Single(span.Events).Attributes).Key);
    }

    [Fact]
    public void A_byte_order_mark_and_white_space_around_the_request_are_accepted()
    {
        byte[] payload = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(" \n" + Request("""{"name":"after the mark"}""") + "\r\n")];
        Assert.Equal("after the mark", Assert.Single(SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, payload, new SpanBatchBuilder()))).Name);
    }

    [Theory]
    [InlineData("""{"name":5}""", "string expected in Span.name, found Number", 8)]
    [InlineData("""{"kind":[]}""", "number expected in Span.kind, found StartArray", 8)]
    [InlineData("""{"traceId":"abc"}""", "trace id of 32 hex digits expected in Span.traceId, found String", 11)]
    [InlineData("""{"startTimeUnixNano":"-1"}""", "unsigned 64-bit integer expected in Span.startTimeUnixNano, found String", 21)]
    [InlineData("""{"flags":4294967296}""", "unsigned 32-bit integer expected in Span.flags, found Number", 9)]
    [InlineData("""{"attributes":{}}""", "array expected in Span.attributes, found StartObject", 14)]
    [InlineData("""{"attributes":[5]}""", "Number where the object KeyValue should be", 15)]
    [InlineData("""{"name":"\ud800"}""", "text that is not Unicode in Span.name", 8)]
    [InlineData("""{"attributes":[{"value":{"intValue":1.5}}]}""", "whole number expected in AnyValue.intValue, found Number", 36)]
    [InlineData("""{"attributes":[{"value":{"bytesValue":"*"}}]}""", "base64 expected in AnyValue.bytesValue, found String", 38)]
    public void What_does_not_fit_is_refused_with_its_field_and_offset(string span, string reason, int offsetInSpan)
    {
        var refused = Assert.Throws<SpanFormatException>(() => One(span));
        Assert.Equal(reason, refused.Reason);
        Assert.Equal(Request(span).IndexOf(span, StringComparison.Ordinal) + offsetInSpan, refused.ByteOffset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"resourceSpans":[,]}""")]
    public void What_is_not_a_json_object_is_refused(string json) => Assert.Throws<SpanFormatException>(() => Decode(json));

    [Fact]
    public void Values_nested_deeper_than_the_limit_are_refused()
    {
        string value = """{"intValue":1}""";
        for (int i = 0; i < SpanBatchLimits.Default.DepthMax; i++)
            value = $$$"""{"kvlistValue":{"values":[{"key":"k","value":{{{value}}}}]}}""";
        Assert.Equal(AttributeType.KeyValueList, Value(value).Type);
        Assert.Throws<SpanLimitException>(() => Value($$$"""{"arrayValue":{"values":[{{{value}}}]}}"""));
        Assert.Throws<SpanFormatException>(() => One($$"""{"unknown":{{new string('[', 1000)}}{{new string(']', 1000)}}}"""));
    }

    private static AttributeValue Value(string value) => Assert.Single(One($$"""{"attributes":[{"key":"k","value":{{value}}}]}""").Attributes).Value;

    private static Span One(string span) => Assert.Single(Decode(Request(span)));

    private static Span[] Decode(string json) =>
        SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, Encoding.UTF8.GetBytes(json), new SpanBatchBuilder()));

    private static string Request(string span) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{span}}]}]}]}""";
}
