using System.Net;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Jaeger's Process: the service name and tags that stand for a resource, and for the address of a Zipkin local endpoint. Tags are
/// ordered by key, so that the same process is equal whatever order its tags were sent in.
/// </summary>
internal sealed class JaegerProcess : IEquatable<JaegerProcess>
{
    private readonly KeyValue[] tags;
    private readonly int hash;

    public JaegerProcess(Span span)
        : this(span.Resource, AddressOf(span.LocalEndpoint))
    {
    }

    public JaegerProcess(Resource resource, IPAddress? address = null)
    {
        ServiceName = resource.ServiceName ?? AttributeKeys.UnknownService;
        var list = new List<KeyValue>(resource.Attributes.Count + 1);
        bool named = false;
        foreach (KeyValue attribute in resource.Attributes)
        {
            // Only the attribute that is shown as the service name is left out; a second one, or one of another type, is data.
            if (!named && attribute.Key == AttributeKeys.ServiceName)
            {
                named = true;
                if (attribute.Value.Type == AttributeType.String && attribute.Value.AsString() == ServiceName)
                    continue;
            }
            list.Add(attribute);
        }
        if (address is not null && !resource.Attributes.TryGet(JaegerKeys.Ip, out _))
            list.Add(new KeyValue(JaegerKeys.Ip, AttributeValue.From(address.ToString())));
        // LINQ's sort is stable: repeated keys keep their order.
        tags = [.. list.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
        var code = new HashCode();
        code.Add(ServiceName);
        foreach (KeyValue tag in tags)
            code.Add(tag);
        hash = code.ToHashCode();
    }

    public string ServiceName { get; }

    public ReadOnlySpan<KeyValue> Tags => tags;

    /// <summary>The address that becomes the tag <c>ip</c>; null when the endpoint has none.</summary>
    public static IPAddress? AddressOf(Endpoint? endpoint) => endpoint?.Ipv4 ?? endpoint?.Ipv6;

    public bool Equals(JaegerProcess? other) =>
        ReferenceEquals(this, other)
        || other is not null && hash == other.hash && ServiceName == other.ServiceName && tags.AsSpan().SequenceEqual(other.tags);

    public override bool Equals(object? obj) => Equals(obj as JaegerProcess);

    public override int GetHashCode() => hash;
}
