using Clew.Model;

namespace Clew.Query;

/// <summary>Adds to the warnings of a span (<see cref="AttributeKeys.JaegerWarnings"/>) what was found while answering.</summary>
internal static class SpanWarnings
{
    public static Span WithWarning(this Span span, string text) => span with
    {
        // An array of its own beside those that came with the span: readers show all of them, in this order.
        Attributes = new AttributeList(
            [.. span.Attributes, new KeyValue(AttributeKeys.JaegerWarnings, AttributeValue.FromArray(AttributeValue.From(text)))]),
    };
}
