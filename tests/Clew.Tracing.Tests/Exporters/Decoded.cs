using Clew.Formats;
using Clew.Model;
using Span = Clew.Model.Span;

namespace Clew.Tracing.Tests.Exporters;

/// <summary>What the server's decoders make of an exporter's bytes.</summary>
internal static class Decoded
{
    public static Span[] Spans(BatchFormat format, ReadOnlySpan<byte> payload) =>
        SpanReader.ReadAll(SpanDecoder.Decode(format, payload.ToArray(), new SpanBatchBuilder()));

    public static string Text(this Span span, string key) => span.Attributes.Single(item => item.Key == key).Value.ToString();

    public static AttributeValue Value(this Span span, string key) => span.Attributes.Single(item => item.Key == key).Value;
}
