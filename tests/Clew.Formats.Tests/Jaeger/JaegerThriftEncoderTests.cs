using System.Buffers;
using Clew.Formats.Jaeger;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerThriftEncoderTests
{
    [Theory]
    [InlineData(BatchFormat.JaegerThriftBinaryBatch)]
    [InlineData(BatchFormat.JaegerThriftBinaryMessage)]
    [InlineData(BatchFormat.JaegerThriftCompactMessage)]
    public void What_a_jaeger_client_can_say_is_written_so_that_it_decodes_to_the_same_spans(BatchFormat format)
    {
        var builder = new SpanBatchBuilder();
        Properties.ForAll(JaegerGen.Plain, batch =>
        {
            byte[] payload = JaegerTestEncoder.Encode(batch, BatchFormat.JaegerThriftCompactMessage);
            Span[] spans = SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerThriftCompactMessage, payload, builder));
            if (spans.Length == 0)
                return;

            Span[] again = Decode(format, Encode(format, spans), builder);

            Assert.Equal(spans.Select(Comparable), again.Select(Comparable));
            Assert.Equal(spans[0].ServiceName, again[0].ServiceName);
            Assert.Equal(Tags(spans[0].Resource), Tags(again[0].Resource));
        });
    }

    [Fact]
    public void Spans_of_another_format_keep_ids_times_and_names_in_microseconds()
    {
        var builder = new SpanBatchBuilder();
        Properties.ForAll(SpanGen.OtlpSpan, span =>
        {
            Span decoded = Assert.Single(Decode(BatchFormat.JaegerThriftCompactMessage, Encode(BatchFormat.JaegerThriftCompactMessage, [span]), builder));

            Assert.Equal(span.TraceId, decoded.TraceId);
            Assert.Equal(span.SpanId, decoded.SpanId);
            // Jaeger has no links: one of a root into its own trace reads as the parent.
            SpanId linked = span.Links.FirstOrDefault(link => link.TraceId == span.TraceId)?.SpanId ?? default;
            Assert.Equal(span.ParentSpanId.IsZero ? linked : span.ParentSpanId, decoded.ParentSpanId);
            Assert.Equal(span.Name, decoded.Name);
            Assert.Equal(span.StartNs / 1000, decoded.StartNs / 1000);
            Assert.Equal(span.DurationNs / 1000, decoded.DurationNs / 1000);
            Assert.Equal(span.IsError, decoded.IsError);
            Assert.Equal(span.ServiceName, decoded.ServiceName);
            Assert.Equal(span.Events.Count, decoded.Events.Count);
        });
    }

    [Fact]
    public void Another_format_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(BatchFormat.OtlpProtobuf, []));

    private static byte[] Encode(BatchFormat format, Span[] spans)
    {
        var output = new ArrayBufferWriter<byte>();
        JaegerThriftEncoder.Write(output, format, spans.Length == 0 ? Resource.None : spans[0].Resource, spans);
        return output.WrittenSpan.ToArray();
    }

    private static Span[] Decode(BatchFormat format, byte[] payload, SpanBatchBuilder builder) => SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));

    // A tag that was sent twice is written once; the process is compared on its own, since its tags are put in order.
    private static Span Comparable(Span span) => span with { Resource = Resource.None, Attributes = new AttributeList([.. span.Attributes.Distinct()]) };

    private static IEnumerable<(string, AttributeValue)> Tags(Resource resource) =>
        resource.Attributes.Where(tag => tag.Key != AttributeKeys.ServiceName).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => (tag.Key, tag.Value));
}
