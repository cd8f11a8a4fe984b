using Clew.Formats.Tests.Thrift;
using Clew.Formats.Thrift;
using Clew.Model;
using Clew.TestKit;
using Clew.TestKit.Captures;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerThriftMalformedTests
{
    private static readonly BatchFormat[] Formats =
        [BatchFormat.JaegerThriftBinaryBatch, BatchFormat.JaegerThriftBinaryMessage, BatchFormat.JaegerThriftCompactMessage];

    private static readonly TestBatch OneSpan = new(new TestProcess("s", []), [new TestSpan { Name = "op" }]);

    private readonly SpanBatchBuilder builder = new(new SpanBatchLimits { SpansMax = 1000, SpanAttributesMax = 10_000, OtherAttributesMax = 10_000 });

    [Theory]
    [InlineData("jaeger-client-go-2.30.0-udp-rich", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("jaeger-client-go-2.30.0-http-rich", BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData("node-jaeger-udp", BatchFormat.JaegerThriftBinaryMessage)]
    public void A_payload_cut_anywhere_is_refused_with_an_offset_inside_it(string name, BatchFormat format)
    {
        byte[] payload = new Capture(name).Payloads().First();
        for (int length = 0; length < payload.Length; length++)
        {
            SpanFormatException error = Refused(format, payload[..length]);
            Assert.InRange(error.ByteOffset, 0, length);
        }
    }

    [Fact]
    public void Random_bytes_are_refused_and_nothing_else_happens()
    {
        Properties.ForAll(ArbMap.Default.GeneratorFor<byte[]>(), bytes =>
        {
            foreach (BatchFormat format in Formats)
                DecodeOrRefuse(format, bytes);
        }, count: 2000);
    }

    [Fact]
    public void Payloads_with_changed_bytes_are_decoded_or_refused_and_nothing_else_happens()
    {
        Gen<(TestBatch Batch, BatchFormat Format, List<(int At, byte Value)> Changes, int Cut)> cases =
            from batch in JaegerGen.Any
            from format in Gen.Elements(Formats)
            from changes in (from at in Gen.Choose(0, int.MaxValue)
                             from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 0x7F, 0x80, 0xFF, 12, 15)).Select(v => (byte)v)
                             select (at, value)).ListUpTo(6)
            from cut in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 20)))
            select (batch, format, changes, cut);
        Properties.ForAll(cases, item =>
        {
            byte[] payload = JaegerTestEncoder.Encode(item.Batch, item.Format);
            foreach ((int at, byte value) in item.Changes)
                payload[at % payload.Length] = value;
            DecodeOrRefuse(item.Format, payload[..^Math.Min(item.Cut, payload.Length)]);
        }, count: 800);
    }

    [Fact]
    public void A_builder_that_refused_a_payload_decodes_the_next_one()
    {
        byte[] good = JaegerTestEncoder.Encode(OneSpan, BatchFormat.JaegerThriftBinaryBatch);
        Refused(BatchFormat.JaegerThriftBinaryBatch, good[..^3]);
        Assert.Equal(1, SpanDecoder.Decode(BatchFormat.JaegerThriftBinaryBatch, good, builder).Spans.Count);
    }

    [Fact]
    public void Bytes_after_the_batch_are_refused_since_they_could_be_spans()
    {
        foreach (BatchFormat format in Formats)
        {
            byte[] payload = JaegerTestEncoder.Encode(OneSpan, format);
            SpanFormatException error = Refused(format, [.. payload, .. payload]);
            Assert.Contains("follow the batch", error.Message);
            Assert.Equal(payload.Length, error.ByteOffset);
        }
    }

    [Theory]
    [InlineData(BatchFormat.JaegerThriftBinaryMessage)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void A_call_of_another_method_is_refused_by_name(BatchFormat format)
    {
        SpanFormatException error = Refused(format, Message(format, "submitBatches", ThriftMessage.Oneway));
        Assert.Contains("'submitBatches'", error.Message);
    }

    [Theory]
    [InlineData(BatchFormat.JaegerThriftBinaryMessage)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void A_call_without_a_batch_is_refused(BatchFormat format)
    {
        Assert.Contains("without a batch", Refused(format, Message(format, "emitBatch", ThriftMessage.Call)).Message);
        Assert.Contains("without spans", Refused(format, Message(format, "emitZipkinBatch", ThriftMessage.Call)).Message);
    }

    [Theory]
    [InlineData(BatchFormat.JaegerThriftBinaryMessage)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void A_reply_is_refused(BatchFormat format) =>
        Assert.Contains("type 2 is not a call", Refused(format, Message(format, "emitBatch", 2)).Message);

    [Theory]
    [InlineData(BatchFormat.JaegerThriftBinaryMessage, "0x8201")]
    [InlineData(BatchFormat.JaegerThriftCompactMessage, "0x8001")]
    public void A_message_in_another_protocol_is_refused_as_such(BatchFormat format, string header)
    {
        BatchFormat other = format == BatchFormat.JaegerThriftBinaryMessage ? BatchFormat.JaegerThriftCompactMessage : BatchFormat.JaegerThriftBinaryMessage;
        SpanFormatException error = Refused(format, Message(other, "emitBatch", 0));
        Assert.StartsWith(header, error.Message);
    }

    [Fact]
    public void The_old_binary_envelope_without_a_version_is_accepted()
    {
        var writer = new ThriftBinaryTestWriter { OldEnvelope = true };
        var encoder = new JaegerTestEncoder(writer);
        writer.Message("emitBatch", ThriftMessage.Call, () => writer.Struct(new TestField(1, ThriftType.Struct, () => encoder.Batch(OneSpan))));
        Assert.Equal(1, SpanDecoder.Decode(BatchFormat.JaegerThriftBinaryMessage, writer.ToArray(), builder).Spans.Count);
    }

    [Fact]
    public void A_known_field_of_another_type_is_refused_by_name()
    {
        var writer = new ThriftBinaryTestWriter();
        writer.Struct(new TestField(2, ThriftType.List, () => writer.List([0], ThriftType.Struct, _ => writer.Struct(
            new TestField(7, ThriftType.I64, () => writer.Int64(1))))));
        SpanFormatException error = Refused(BatchFormat.JaegerThriftBinaryBatch, writer.ToArray());
        Assert.Contains("Span.flags is of Thrift type I64, not I32", error.Message);
    }

    [Fact]
    public void An_unknown_tag_type_is_refused()
    {
        var writer = new ThriftBinaryTestWriter();
        writer.Struct(new TestField(1, ThriftType.Struct, () => writer.Struct(
            new TestField(2, ThriftType.List, () => writer.List([0], ThriftType.Struct, _ => writer.Struct(
                new TestField(2, ThriftType.I32, () => writer.Int32(5))))))));
        Assert.Contains("Tag.vType has the unknown value 5", Refused(BatchFormat.JaegerThriftBinaryBatch, writer.ToArray()).Message);
    }

    [Fact]
    public void An_unknown_reference_type_is_refused()
    {
        var writer = new ThriftBinaryTestWriter();
        writer.Struct(new TestField(2, ThriftType.List, () => writer.List([0], ThriftType.Struct, _ => writer.Struct(
            new TestField(6, ThriftType.List, () => writer.List([0], ThriftType.Struct, _ => writer.Struct(
                new TestField(1, ThriftType.I32, () => writer.Int32(9)))))))));
        Assert.Contains("SpanRef.refType has the unknown value 9", Refused(BatchFormat.JaegerThriftBinaryBatch, writer.ToArray()).Message);
    }

    [Fact]
    public void A_list_that_claims_more_spans_than_bytes_is_refused_before_any_is_made()
    {
        var writer = new ThriftBinaryTestWriter();
        writer.Struct(new TestField(2, ThriftType.List, () => writer.WriteListHeader(int.MaxValue, ThriftType.Struct)));
        SpanFormatException error = Refused(BatchFormat.JaegerThriftBinaryBatch, writer.ToArray());
        Assert.Contains("Batch.spans claims a size of 2147483647", error.Message);
        Assert.Equal(0, builder.Batch.Spans.Count);
    }

    [Fact]
    public void Many_one_byte_spans_stop_at_the_limit()
    {
        var writer = new ThriftBinaryTestWriter();
        writer.Struct(new TestField(2, ThriftType.List, () => writer.List(new byte[1001], ThriftType.Struct, writer.WriteByte)));
        var error = Assert.IsType<SpanLimitException>(Refused(BatchFormat.JaegerThriftBinaryBatch, writer.ToArray()));
        Assert.Equal(nameof(SpanBatchLimits.SpansMax), error.LimitName);
    }

    private SpanFormatException Refused(BatchFormat format, byte[] payload) =>
        Assert.ThrowsAny<SpanFormatException>(() => SpanDecoder.Decode(format, payload, builder));

    private void DecodeOrRefuse(BatchFormat format, byte[] payload)
    {
        try
        {
            // Reading everything back shows that every slice lies inside the payload.
            SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));
        }
        catch (SpanFormatException)
        {
        }
    }

    private static byte[] Message(BatchFormat format, string method, int type)
    {
        ThriftTestWriter writer = format == BatchFormat.JaegerThriftCompactMessage ? new ThriftCompactTestWriter() : new ThriftBinaryTestWriter();
        writer.Message(method, type, () => writer.Struct());
        return writer.ToArray();
    }
}
