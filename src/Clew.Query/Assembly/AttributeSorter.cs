using Clew.Model;

namespace Clew.Query;

/// <summary>Orders attributes by key, so that answers can be compared by eye and identical spans by content. Values of one key keep their order.</summary>
internal sealed class AttributeSorter
{
    // Thousands of spans share a few resources.
    private readonly Dictionary<Resource, Resource> resources = new(ReferenceEqualityComparer.Instance);

    public Span Sort(Span span)
    {
        AttributeList attributes = Sort(span.Attributes);
        Resource resource = Sort(span.Resource);
        EquatableList<SpanEvent> events = Sort(span.Events);
        return ReferenceEquals(attributes, span.Attributes) && ReferenceEquals(resource, span.Resource) && ReferenceEquals(events, span.Events)
            ? span
            : span with { Attributes = attributes, Resource = resource, Events = events };
    }

    private Resource Sort(Resource resource)
    {
        if (!resources.TryGetValue(resource, out Resource? sorted))
        {
            AttributeList attributes = Sort(resource.Attributes);
            sorted = ReferenceEquals(attributes, resource.Attributes) ? resource : resource with { Attributes = attributes };
            resources.Add(resource, sorted);
        }
        return sorted;
    }

    private static EquatableList<SpanEvent> Sort(EquatableList<SpanEvent> events)
    {
        bool isSorted = true;
        foreach (SpanEvent item in events.AsSpan())
            isSorted &= IsSorted(item.Attributes);
        return isSorted ? events : new EquatableList<SpanEvent>([.. events.Select(static item => item with { Attributes = Sort(item.Attributes) })]);
    }

    private static AttributeList Sort(AttributeList attributes) =>
        IsSorted(attributes) ? attributes : new AttributeList([.. attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal)]);

    private static bool IsSorted(AttributeList attributes)
    {
        ReadOnlySpan<KeyValue> items = attributes.AsSpan();
        for (int i = 1; i < items.Length; i++)
        {
            if (string.CompareOrdinal(items[i - 1].Key, items[i].Key) > 0)
                return false;
        }
        return true;
    }
}
