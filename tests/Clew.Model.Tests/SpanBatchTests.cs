using System.Text;

namespace Clew.Model.Tests;

public sealed class SpanBatchTests
{
    [Fact]
    public void Slices_of_the_payload_and_of_the_arena_resolve_side_by_side()
    {
        var builder = new SpanBatchBuilder();
        builder.Start(BatchFormat.OtlpJson, "hello"u8.ToArray());
        Utf8Slice rewritten = builder.AddText("world"u8);
        Assert.Equal("ell", Encoding.UTF8.GetString(builder.Batch.Bytes(new Utf8Slice(1, 3))));
        Assert.Equal("world", Encoding.UTF8.GetString(builder.Batch.Bytes(rewritten)));
        Assert.Equal("wor", Encoding.UTF8.GetString(builder.Batch.Bytes(rewritten.Truncate(3))));
    }

    [Fact]
    public void More_rows_than_the_limit_are_refused_by_name()
    {
        var builder = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 3 });
        builder.Start(BatchFormat.OtlpJson, default);
        for (int i = 0; i < 3; i++)
            builder.Batch.Spans.Add();
        SpanLimitException refusal = Assert.Throws<SpanLimitException>(() => { builder.Batch.Spans.Add(); });
        Assert.Equal(nameof(SpanBatchLimits.SpansMax), refusal.LimitName);
        Assert.Equal(3, refusal.Max);
    }

    [Fact]
    public void Pending_items_are_limited_too()
    {
        var builder = new SpanBatchBuilder(new SpanBatchLimits { ElementsMax = 16 });
        builder.Start(BatchFormat.OtlpJson, default);
        builder.BeginElements();
        Assert.Throws<SpanLimitException>(() =>
        {
            for (int i = 0; i < 17; i++)
                builder.AddElement(AttributeRow.From(default, i));
        });
    }

    [Fact]
    public void A_builder_may_be_started_again_after_a_decoder_failed_half_way()
    {
        var builder = new SpanBatchBuilder();
        builder.Start(BatchFormat.OtlpJson, "x"u8.ToArray());
        builder.Batch.Spans.Add();
        builder.BeginElements();
        builder.AddElement(AttributeRow.From(default, 1));

        builder.Start(BatchFormat.OtlpProtobuf, default);
        Assert.Equal(0, builder.Batch.Spans.Count);
        Assert.Equal(1, builder.Batch.Resources.Count);
        Assert.Equal(new RowRange(0, 0), builder.EndElements(builder.BeginElements()));
    }

    [Fact]
    public void A_reused_row_comes_back_cleared()
    {
        var builder = new SpanBatchBuilder();
        builder.Start(BatchFormat.OtlpJson, default);
        builder.Batch.Spans.Add().Flags = 7;
        builder.Start(BatchFormat.OtlpJson, default);
        Assert.Equal(0u, builder.Batch.Spans.Add().Flags);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_read_as_replacement_characters()
    {
        var builder = new SpanBatchBuilder();
        builder.Start(BatchFormat.OtlpProtobuf, new byte[] { (byte)'a', 0xff });
        builder.Batch.Spans.Add() = new SpanRow { Name = new Utf8Slice(0, 2) };
        Assert.Equal("a\uFFFD", SpanReader.ReadAll(builder.Batch)[0].Name);
    }
}
