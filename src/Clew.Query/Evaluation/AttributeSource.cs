using Clew.Model;

namespace Clew.Query;

/// <summary>
/// One list of attributes a scope looks into. The span's own list also answers for <see cref="AttributeKeys.PeerService"/> with the name in the remote
/// endpoint when it has no such attribute, so that a Zipkin span's other side is found by the key every other sender uses.
/// </summary>
internal readonly record struct AttributeSource(AttributeList Attributes, string? ImpliedPeerService)
{
    public static IEnumerable<AttributeSource> Of(Span span, AttributeScope scope)
    {
        bool any = scope == AttributeScope.Any;
        if (any || scope is AttributeScope.Span or AttributeScope.SpanThenResource)
            yield return new AttributeSource(span.Attributes, PeerServiceOf(span));
        if (any || scope is AttributeScope.Resource or AttributeScope.SpanThenResource)
            yield return new AttributeSource(span.Resource.Attributes, null);
        if (any || scope == AttributeScope.Scope)
            yield return new AttributeSource(span.Scope.Attributes, null);
        if (any || scope == AttributeScope.Event)
        {
            foreach (SpanEvent item in span.Events)
                yield return new AttributeSource(item.Attributes, null);
        }
        if (any || scope == AttributeScope.Link)
        {
            foreach (SpanLink link in span.Links)
                yield return new AttributeSource(link.Attributes, null);
        }
    }

    public void Read(string key, ICollection<AttributeValue> values)
    {
        foreach (KeyValue item in Attributes.AsSpan())
        {
            if (item.Key == key)
                AddWithItems(item.Value, values);
        }
        if (ImpliedPeerService is not null && key == AttributeKeys.PeerService)
            values.Add(AttributeValue.From(ImpliedPeerService));
    }

    public void AddKeys(ISet<string> keys)
    {
        foreach (KeyValue item in Attributes.AsSpan())
            keys.Add(item.Key);
        if (ImpliedPeerService is not null)
            keys.Add(AttributeKeys.PeerService);
    }

    private static string? PeerServiceOf(Span span) =>
        span.RemoteEndpoint?.ServiceName is { Length: > 0 } name && !span.Attributes.TryGet(AttributeKeys.PeerService, out _) ? name : null;

    internal static void AddWithItems(AttributeValue value, ICollection<AttributeValue> values)
    {
        values.Add(value);
        if (value.Type != AttributeType.Array)
            return;
        foreach (AttributeValue item in value.AsArray())
            AddWithItems(item, values);
    }
}
