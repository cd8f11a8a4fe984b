using System.Buffers;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpReplayBodyTests
{
    [Fact]
    public void A_copy_differs_from_its_original_in_ids_and_times_alone()
    {
        const ulong Mask = 0x0123_4567_89ab_cdef;
        const long ShiftNs = 86_400_000_000_000;
        var builder = new SpanBatchBuilder();
        Properties.ForAll(SpanGen.OtlpSpan.ListUpTo(5), spans =>
        {
            var encoded = new ArrayBufferWriter<byte>();
            OtlpProtobufEncoder.Write(encoded, spans);
            byte[] request = encoded.WrittenSpan.ToArray();
            Span[] before = Decode(request, builder);
            var body = new OtlpReplayBody(request);
            byte[] copy = new byte[body.Length];

            body.Rewrite(copy, Mask, ShiftNs);

            Assert.Equal(before.Select(span => Moved(span, Mask, ShiftNs)), Decode(copy, builder));
            Assert.Equal(encoded.WrittenSpan, request);
        });
    }

    [Fact]
    public void A_body_that_is_not_otlp_is_refused() => Assert.Throws<SpanFormatException>(() => new OtlpReplayBody([0x0a, 0x05, 0x01]));

    private static Span Moved(Span span, ulong mask, long shiftNs) => span with
    {
        TraceId = OtlpReplayBody.Masked(span.TraceId, mask),
        SpanId = new SpanId(span.SpanId.Value ^ mask),
        ParentSpanId = span.ParentSpanId.IsZero ? default : new SpanId(span.ParentSpanId.Value ^ mask),
        StartNs = span.StartNs + shiftNs,
        Events = new EquatableList<SpanEvent>([.. span.Events.Select(item => item with { TimeNs = item.TimeNs + shiftNs })]),
        Links = new EquatableList<SpanLink>([.. span.Links.Select(link => link with
        {
            TraceId = OtlpReplayBody.Masked(link.TraceId, mask),
            SpanId = new SpanId(link.SpanId.Value ^ mask),
        })]),
    };

    private static Span[] Decode(byte[] request, SpanBatchBuilder builder) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, request, builder));
}
