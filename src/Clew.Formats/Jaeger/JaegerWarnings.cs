using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>A span's <c>warnings</c>: those it came with, and what was repaired on the way in. Reused from span to span.</summary>
internal sealed class JaegerWarnings
{
    private const string NegativeDuration = "Negative duration: the span was sent with an end before its start; its duration is shown as 0";

    private readonly List<string> texts = [];

    /// <summary>Whether the attribute carries warnings rather than being a tag.</summary>
    public static bool IsWarnings(KeyValue attribute)
    {
        if (attribute.Key != AttributeKeys.JaegerWarnings || attribute.Value.Type != AttributeType.Array)
            return false;
        foreach (AttributeValue item in attribute.Value.AsArray())
        {
            if (item.Type != AttributeType.String)
                return false;
        }
        return true;
    }

    /// <summary>The warnings of <paramref name="span"/>, valid until the next call.</summary>
    public List<string> Collect(Span span)
    {
        texts.Clear();
        foreach (KeyValue attribute in span.Attributes.AsSpan())
        {
            if (!IsWarnings(attribute))
                continue;
            foreach (AttributeValue item in attribute.Value.AsArray())
                texts.Add(item.AsString());
        }
        if (span.Traits.HasFlag(SpanTraits.NegativeDuration))
            texts.Add(NegativeDuration);
        return texts;
    }
}
