using Clew.Model;
using Clew.TestKit;
using Clew.TestKit.Captures;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerThriftDecoderTests
{
    private static readonly BatchFormat[] Formats =
        [BatchFormat.JaegerThriftBinaryBatch, BatchFormat.JaegerThriftBinaryMessage, BatchFormat.JaegerThriftCompactMessage];

    private readonly SpanBatchBuilder builder = new();

    [Fact]
    public void A_batch_decodes_to_what_it_means_in_each_protocol()
    {
        Properties.ForAll(JaegerGen.Any, batch =>
        {
            Span[] expected = JaegerOracle.Spans(batch);
            foreach (BatchFormat format in Formats)
                Assert.Equal(expected, Decode(format, JaegerTestEncoder.Encode(batch, format)));
        });
    }

    [Fact]
    public void Fields_in_any_order_unknown_fields_and_tags_with_all_values_filled_change_nothing()
    {
        Properties.ForAll(JaegerGen.Any, batch =>
        {
            Span[] expected = JaegerOracle.Spans(batch);
            foreach (BatchFormat format in Formats)
            {
                Assert.Equal(expected, Decode(format, JaegerTestEncoder.Encode(batch, format, reversed: true)));
                Assert.Equal(expected, Decode(format, JaegerTestEncoder.Encode(batch, format, fillAllValues: true)));
                Assert.Equal(expected, Decode(format, JaegerTestEncoder.Encode(batch, format, addUnknownFields: true)));
                Assert.Equal(expected, Decode(format, JaegerTestEncoder.Encode(batch, format, reversed: true, addUnknownFields: true)));
            }
        }, count: 100);
    }

    [Fact]
    public void Times_beyond_nanoseconds_stop_at_the_last_one_instead_of_wrapping()
    {
        var span = new TestSpan { StartUs = long.MaxValue, DurationUs = long.MinValue, Logs = [new TestLog(long.MaxValue / 1000 + 1, [])] };
        var batch = new TestBatch(new TestProcess("s", []), [span]);
        foreach (BatchFormat format in Formats)
        {
            Span decoded = Assert.Single(Decode(format, JaegerTestEncoder.Encode(batch, format)));
            Assert.Equal(long.MaxValue, decoded.StartNs);
            Assert.Equal(long.MinValue, decoded.DurationNs);
            Assert.Equal(long.MaxValue, decoded.Events[0].TimeNs);
        }
    }

    [Fact]
    public void Spans_of_one_library_share_a_scope()
    {
        TestSpan Of(string library) => new() { Tags = [new KeyValue("otel.scope.name", AttributeValue.From(library))] };
        var batch = new TestBatch(new TestProcess("s", []), [Of("http"), Of("grpc"), Of("http"), Of("grpc")]);
        SpanBatch decoded = SpanDecoder.Decode(Formats[0], JaegerTestEncoder.Encode(batch, Formats[0]), builder);
        Assert.Equal([1, 2, 1, 2], decoded.Spans.Rows.ToArray().Select(row => row.Scope));
    }

    [Theory]
    [InlineData("jaeger-client-go-2.30.0-udp-rich", BatchFormat.JaegerThriftCompactMessage)]
    [InlineData("node-jaeger-http", BatchFormat.JaegerThriftBinaryBatch)]
    public void A_warm_builder_decodes_without_allocating(string name, BatchFormat format)
    {
        byte[] payload = new Capture(name).Payloads().First();
        for (int i = 0; i < 3; i++)
            SpanDecoder.Decode(format, payload, builder);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            SpanDecoder.Decode(format, payload, builder);
        }));
    }

    private Span[] Decode(BatchFormat format, byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));
}
