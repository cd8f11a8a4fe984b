using System.Buffers;
using Clew.Formats.Tests.Otlp;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests;

public sealed class SpanDecoderTests
{
    [Theory]
    [InlineData(BatchFormat.OtlpProtobuf)]
    [InlineData(BatchFormat.OtlpJson)]
    public void A_payload_in_pieces_decodes_as_it_does_whole(BatchFormat format)
    {
        List<Span> spans = OtlpBatches.Ordinary(5);
        byte[] payload = format == BatchFormat.OtlpJson ? OtlpPayloads.Json(spans) : OtlpPayloads.Protobuf(spans);
        var builder = new SpanBatchBuilder();
        Span[] whole = SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));
        Assert.Equal(spans, whole);
        for (int piece = 1; piece < payload.Length; piece = piece * 2 + 1)
            Assert.Equal(whole, SpanReader.ReadAll(SpanDecoder.Decode(format, InPieces(payload, piece), builder)));
    }

    [Fact]
    public void A_payload_in_one_piece_is_read_where_it_is()
    {
        byte[] payload = OtlpPayloads.Protobuf(OtlpBatches.Ordinary(2));
        SpanBatch batch = SpanDecoder.Decode(BatchFormat.OtlpProtobuf, new ReadOnlySequence<byte>(payload), new SpanBatchBuilder());
        Assert.True(batch.Payload.Span == payload);
    }

    [Theory]
    [InlineData(BatchFormat.OtlpProtobuf)]
    [InlineData(BatchFormat.OtlpJson)]
    public void A_warm_decoder_allocates_nothing(BatchFormat format)
    {
        List<Span> spans = OtlpBatches.Ordinary(512);
        byte[] payload = format == BatchFormat.OtlpJson ? OtlpPayloads.Json(spans) : OtlpPayloads.Protobuf(spans);
        ReadOnlySequence<byte> pieces = InPieces(payload, 16_384);
        var builder = new SpanBatchBuilder();
        SpanDecoder.Decode(format, payload, builder);
        SpanDecoder.Decode(format, pieces, builder);
        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                SpanDecoder.Decode(format, payload, builder);
                SpanDecoder.Decode(format, pieces, builder);
            }
        }));
    }

    [Fact]
    public void A_format_without_a_decoder_is_an_error_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SpanDecoder.Decode(BatchFormat.None, default(ReadOnlyMemory<byte>), new SpanBatchBuilder()));

    private static ReadOnlySequence<byte> InPieces(byte[] payload, int pieceBytes)
    {
        var first = new Segment(payload.AsMemory(0, Math.Min(pieceBytes, payload.Length)), 0);
        Segment last = first;
        for (int at = pieceBytes; at < payload.Length; at += pieceBytes)
            last = last.Append(payload.AsMemory(at, Math.Min(pieceBytes, payload.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
