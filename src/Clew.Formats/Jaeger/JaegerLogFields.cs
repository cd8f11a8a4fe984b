using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>The fields of the log that stands for an event. Reused from event to event.</summary>
internal sealed class JaegerLogFields
{
    private readonly List<KeyValue> fields = [];

    /// <summary>The fields of <paramref name="item"/>, valid until the next call.</summary>
    public List<KeyValue> Collect(SpanEvent item)
    {
        fields.Clear();
        // Attributes that have an `event` of their own came as log fields: it is the name, and stands there already.
        if (item.Name.Length > 0 && !item.Attributes.TryGet(JaegerKeys.Event, out _))
            fields.Add(new KeyValue(JaegerKeys.Event, AttributeValue.From(item.Name)));
        fields.AddRange(item.Attributes.AsSpan());
        return fields;
    }
}
