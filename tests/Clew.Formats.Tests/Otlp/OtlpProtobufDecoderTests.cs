using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;
using static Clew.Formats.Tests.Protobuf.WireBytes;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpProtobufDecoderTests
{
    private static readonly byte[] TraceIdField = Field(1, [.. Enumerable.Range(1, 16).Select(i => (byte)i)]);
    private static readonly byte[] SpanIdField = Field(2, [1, 2, 3, 4, 5, 6, 7, 8]);

    [Fact]
    public void A_resource_and_a_scope_may_come_after_the_spans_they_are_of()
    {
        byte[] scopeSpans = Field(2, Field(2, TraceIdField, SpanIdField), Field(3, "scope schema"), Field(1, Field(1, "lib"), Field(2, "1.0")));
        Span span = Assert.Single(Decode(Field(1, Field(3, "schema"), scopeSpans, Field(1, Attribute(1, "service.name", "web"), VarintField(2, 3)))));
        Assert.Equal("web", span.ServiceName);
        Assert.Equal("schema", span.Resource.SchemaUrl);
        Assert.Equal(3u, span.Resource.DroppedAttributesCount);
        Assert.Equal(new Scope("lib", "1.0") { SchemaUrl = "scope schema" }, span.Scope);
    }

    [Fact]
    public void A_resource_in_two_pieces_around_its_spans_is_one_resource()
    {
        byte[] eventWithAttribute = Field(11, Field(2, "e"), Attribute(3, "k", "v"));
        Span span = Assert.Single(Decode(Field(1, Field(1, Attribute(1, "a", "1")), Spans(eventWithAttribute), Field(1, Attribute(1, "b", "2")))));
        Assert.Equal(["a=1", "b=2"], span.Resource.Attributes.Select(item => item.ToString()));
        Assert.Equal(["k=v"], Assert.Single(span.Events).Attributes.Select(item => item.ToString()));
    }

    [Fact]
    public void Attributes_events_and_links_may_be_interleaved()
    {
        Span span = One(
            Attribute(9, "a", "1"),
            Field(11, Attribute(3, "x", "y"), Field(2, "first")),
            Field(13, TraceIdField, SpanIdField, VarintField(5, 7), Fixed32Field(6, 0x101)),
            Attribute(9, "b", "2"),
            Field(11, Field(2, "second"), Fixed64Field(1, 99)));
        Assert.Equal(["a=1", "b=2"], span.Attributes.Select(item => item.ToString()));
        Assert.Equal([(0, "first"), (99, "second")], span.Events.Select(item => (item.TimeNs, item.Name)));
        SpanLink link = Assert.Single(span.Links);
        Assert.Equal(new SpanLink(span.TraceId, span.SpanId) { DroppedAttributesCount = 7, Flags = 0x101 }, link);
    }

    [Fact]
    public void A_key_may_come_after_its_value_and_a_later_value_wins()
    {
        Span span = One(Field(9, Field(2, VarintField(3, 1)), Field(2, VarintField(2, 1)), Field(1, "k")));
        Assert.Equal(new KeyValue("k", AttributeValue.From(true)), Assert.Single(span.Attributes));
    }

    [Fact]
    public void An_attribute_reads_the_same_in_its_plain_form_and_in_any_other() => Properties.ForAll(
        from key in SpanGen.Text
        from value in ScalarOnTheWire
        select (Key: Field(1, key), Value: Field(2, value)),
        attribute =>
        {
            KeyValue plain = Assert.Single(One(Field(9, attribute.Key, attribute.Value)).Attributes);
            Assert.Equal(plain, Assert.Single(One(Field(9, attribute.Value, attribute.Key)).Attributes));
            Assert.Equal(plain, Assert.Single(One(Field(9, attribute.Key, attribute.Value, VarintField(77, 1))).Attributes));
            Assert.Equal(plain, Assert.Single(One(Field(9, attribute.Key, Field(2), attribute.Value)).Attributes));
        });

    [Theory]
    [InlineData(new byte[] { 0x18 }, "truncated varint in AnyValue.int_value")]
    [InlineData(new byte[] { 0x18, 0x81 }, "truncated varint in AnyValue.int_value")]
    [InlineData(new byte[] { 0x18, 0x01, 0x07 }, "field number 0 in AnyValue")]
    [InlineData(new byte[] { 0x0A, 0x05, 0x61 }, "length 5 with 1 bytes left in AnyValue.string_value")]
    [InlineData(new byte[] { 0x21, 1, 2, 3 }, "8 bytes wanted but 3 left in AnyValue.double_value")]
    public void A_broken_value_is_refused(byte[] value, string reason)
    {
        var refused = Assert.Throws<SpanFormatException>(() => One(Field(9, Field(1, "k"), Field(2, value))));
        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public void A_list_value_in_two_pieces_is_one_list()
    {
        byte[] one = Field(2, Field(5, Field(1, VarintField(3, 1)))), two = Field(2, Field(5, Field(1, VarintField(3, 2))));
        Span span = One(Field(9, Field(1, "k"), one, two));
        Assert.Equal("k=[1,2]", Assert.Single(span.Attributes).ToString());
    }

    [Fact]
    public void An_attribute_without_a_value_is_empty() =>
        Assert.Equal(new KeyValue("k", AttributeValue.Empty), Assert.Single(One(Field(9, Field(1, "k"))).Attributes));

    [Fact]
    public void Unknown_enum_values_are_unspecified()
    {
        Span span = One(VarintField(6, 6), Field(15, VarintField(3, 3), Field(2, "why")));
        Assert.Equal(SpanKind.Unspecified, span.Kind);
        Assert.Equal(StatusCode.Unset, span.Status);
        Assert.Equal("why", span.StatusMessage);
        Assert.Equal(SpanKind.Unspecified, One(VarintField(6, ulong.MaxValue)).Kind);
    }

    [Theory]
    [InlineData(100, 350, 250)]
    [InlineData(100, 100, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(100, 40, -60)]
    [InlineData(0, 0, 0)]
    public void The_duration_is_end_minus_start(ulong startNs, ulong endNs, long durationNs)
    {
        Assert.Equal(durationNs, One(Fixed64Field(7, startNs), Fixed64Field(8, endNs)).DurationNs);
        Assert.Equal(durationNs, One(Fixed64Field(8, endNs), Fixed64Field(7, startNs)).DurationNs);
    }

    [Fact]
    public void Ids_may_be_missing_and_trace_ids_may_have_64_bits()
    {
        Span none = Assert.Single(Decode(Field(1, Field(2, Field(2, Field(1, []), Field(2, []), Field(4, []))))));
        Assert.True(none.TraceId.IsZero && none.SpanId.IsZero && none.ParentSpanId.IsZero);
        Assert.Equal(new TraceId(0, 0x0102030405060708), Assert.Single(Decode(Field(1, Field(2, Field(2, Field(1, [1, 2, 3, 4, 5, 6, 7, 8])))))).TraceId);
    }

    [Theory]
    [InlineData(1, 15, "a trace id of 15 bytes in Span.trace_id")]
    [InlineData(2, 16, "a span id of 16 bytes in Span.span_id")]
    [InlineData(4, 7, "a span id of 7 bytes in Span.parent_span_id")]
    public void Ids_of_another_length_are_refused_by_name(int field, int length, string reason)
    {
        var refused = Assert.Throws<SpanFormatException>(() => One(Field(field, new byte[length])));
        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public void Fields_of_a_later_schema_are_skipped()
    {
        Span span = One(Field(99, "new"), Group(98, VarintField(1, 1)), Field(5, "name"), Field(9, Field(1, "k"), VarintField(3, 9), Field(2, VarintField(8, 1))));
        Assert.Equal("name", span.Name);
        Assert.Equal(new KeyValue("k", AttributeValue.Empty), Assert.Single(span.Attributes));
        Assert.Empty(Decode(Field(1, Field(1000, Field(2, "the instrumentation library spans of 0.14")))));
    }

    [Fact]
    public void A_known_field_of_the_wrong_wire_type_is_refused_by_name()
    {
        var refused = Assert.Throws<SpanFormatException>(() => One(VarintField(7, 1)));
        Assert.Equal("wire type 0 does not fit Span.start_time_unix_nano", refused.Reason);
        Assert.Throws<SpanFormatException>(() => One(VarintField(9, 1)));
    }

    [Fact]
    public void Values_nested_deeper_than_the_limit_are_refused()
    {
        var limits = new SpanBatchLimits { DepthMax = 3 };
        byte[] value = VarintField(3, 1);
        for (int i = 0; i < 3; i++)
            value = Field(5, Field(1, value));
        Assert.Equal("k=[[[1]]]", Assert.Single(SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, Nested(value), new SpanBatchBuilder(limits)))).Attributes[0].ToString());
        var refused = Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, Nested(Field(5, Field(1, value))), new SpanBatchBuilder(limits)));
        Assert.Equal(nameof(SpanBatchLimits.DepthMax), refused.LimitName);
    }

    [Fact]
    public void Too_many_spans_are_refused_and_the_builder_can_go_on()
    {
        var builder = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 2 });
        byte[] span = Field(2, TraceIdField, SpanIdField);
        Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, Field(1, Field(2, span, span, span)), builder));
        Assert.Equal(2, SpanDecoder.Decode(BatchFormat.OtlpProtobuf, Field(1, Field(2, span, span)), builder).Spans.Count);
    }

    private static Gen<byte[]> ScalarOnTheWire => Gen.OneOf(
        SpanGen.Text.Select(text => Field(1, text)),
        Gen.Elements(0UL, 1UL, 300UL).Select(value => VarintField(2, value)),
        ArbMap.Default.GeneratorFor<long>().SelectMany(value => Gen.Choose(0, 63).Select(shift => VarintField(3, (ulong)(value * 0x1E3779B97F4A7C15 >> shift)))),
        ArbMap.Default.GeneratorFor<double>().Select(value => Fixed64Field(4, BitConverter.DoubleToUInt64Bits(value))),
        ArbMap.Default.GeneratorFor<byte[]>().Select(value => Field(7, value)));

    private static byte[] Attribute(int field, string key, string value) => Field(field, Field(1, key), Field(2, Field(1, value)));

    private static byte[] Nested(byte[] value) => Field(1, Spans(Field(9, Field(1, "k"), Field(2, value))));

    private static byte[] Spans(params byte[][] fields) => Field(2, Field(2, [TraceIdField, SpanIdField, .. fields]));

    private static Span One(params byte[][] fields) => Assert.Single(Decode(Field(1, Spans(fields))));

    private static Span[] Decode(byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payload, new SpanBatchBuilder()));
}
