using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>What holds for a Zipkin span in whatever encoding it came.</summary>
internal static class ZipkinSpanRules
{
    /// <summary>A span that names itself as its parent is a root, and a client never joins a span: it begins it.</summary>
    public static void Normalise(ref SpanRow row)
    {
        if (row.ParentSpanId == row.SpanId)
            row.ParentSpanId = default;
        if (row.Kind == SpanKind.Client)
            row.Traits &= ~SpanTraits.Shared;
    }

    /// <summary>Lets a tag <c>error</c> set the status. It stays an attribute as well: on the way out it is what says "error", so none is added.</summary>
    public static void ReadError(ref SpanRow row, in AttributeRow tag, SpanBatch batch)
    {
        if (!batch.Bytes(tag.Key).SequenceEqual("error"u8))
            return;
        if (tag.Type == AttributeType.Bool)
        {
            if (tag.Bool)
                row.Status = StatusCode.Error;
            return;
        }
        if (tag.Type != AttributeType.String)
            return;
        ReadOnlySpan<byte> text = batch.Bytes(tag.Slice);
        if (text.SequenceEqual("false"u8))
            return;
        row.Status = StatusCode.Error;
        row.StatusMessage = text.SequenceEqual("true"u8) ? default : tag.Slice;
    }
}
