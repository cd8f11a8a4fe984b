using Clew.Model;

namespace Clew.Query;

/// <summary>Adds to the warnings of a span (<see cref="AttributeKeys.JaegerWarnings"/>) what was found while answering.</summary>
internal static class SpanWarnings
{
    public static Span WithWarning(this Span span, string text)
    {
        KeyValue[] attributes = [.. span.Attributes];
        AttributeValue warning = AttributeValue.From(text);
        // Behind the warnings there are: a second attribute of the same key would be one too many for readers of OTLP.
        int index = Array.FindIndex(attributes, IsWarnings);
        if (index >= 0)
            attributes[index] = WarningsOf([.. attributes[index].Value.AsArray(), warning]);
        else
            attributes = [.. attributes, WarningsOf(warning)];
        return span with { Attributes = new AttributeList(attributes) };
    }

    private static KeyValue WarningsOf(params AttributeValue[] texts) => new(AttributeKeys.JaegerWarnings, AttributeValue.FromArray(texts));

    private static bool IsWarnings(KeyValue attribute) => attribute.Key == AttributeKeys.JaegerWarnings
        && attribute.Value.Type == AttributeType.Array
        && attribute.Value.AsArray().All(static item => item.Type == AttributeType.String);
}
