using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Makes the endpoint and resource rows of one batch. Endpoints repeat with every span of a service, so each is looked for among the recent ones before it
/// becomes a row of its own. The two tables are direct-mapped: a slot is simply overtaken by the next row of its hash, which at worst repeats a row.
/// </summary>
/// <param name="builder">Started over the payload.</param>
/// <param name="recentEndpoints">Zeroed room of <see cref="RecentMax"/> to remember endpoint rows in.</param>
/// <param name="recentResources">Zeroed room of <see cref="RecentMax"/> to remember resource rows in.</param>
internal ref struct ZipkinRows(SpanBatchBuilder builder, Span<int> recentEndpoints, Span<int> recentResources)
{
    /// <summary>Distinct endpoints and services of one request are few; 64 slots keep nearly all of them for 512 bytes of stack.</summary>
    public const int RecentMax = 64;

    private readonly SpanBatchBuilder builder = builder;
    private readonly SpanBatch batch = builder.Batch;
    private readonly Span<int> recentEndpoints = recentEndpoints;
    private readonly Span<int> recentResources = recentResources;
    private Utf8Slice serviceNameKey;

    /// <summary>The row of an endpoint; 0 when it says nothing.</summary>
    public readonly int Endpoint(Utf8Slice serviceName, scoped ReadOnlySpan<byte> ipv4, scoped ReadOnlySpan<byte> ipv6, ushort port)
    {
        ReadOnlySpan<byte> name = batch.Bytes(serviceName);
        if (name.IsEmpty && ipv4.IsEmpty && ipv6.IsEmpty && port == 0)
            return 0;
        uint hash = Hash(ipv6, Hash(ipv4, Hash(name, port)));
        ref int recent = ref recentEndpoints[(int)(hash % (uint)recentEndpoints.Length)];
        if (recent != 0)
        {
            ref readonly EndpointRow row = ref batch.Endpoints[recent];
            if (row.Port == port && batch.Bytes(row.ServiceName).SequenceEqual(name)
                && batch.Bytes(row.Ipv4).SequenceEqual(ipv4) && batch.Bytes(row.Ipv6).SequenceEqual(ipv6))
                return recent;
        }
        recent = batch.Endpoints.Count;
        batch.Endpoints.Add(new EndpointRow
        {
            ServiceName = serviceName,
            Ipv4 = ipv4.IsEmpty ? default : builder.AddText(ipv4),
            Ipv6 = ipv6.IsEmpty ? default : builder.AddText(ipv6),
            Port = port,
        });
        return recent;
    }

    /// <summary>The row of the resource whose only attribute is the endpoint's service name; 0 when it has none.</summary>
    public int Resource(int endpoint)
    {
        Utf8Slice serviceName = batch.Endpoints[endpoint].ServiceName;
        if (serviceName.IsEmpty)
            return 0;
        ReadOnlySpan<byte> name = batch.Bytes(serviceName);
        ref int recent = ref recentResources[(int)(Hash(name, 0) % (uint)recentResources.Length)];
        if (recent != 0 && batch.Bytes(batch.OtherAttributes[batch.Resources[recent].Attributes.Start].Slice).SequenceEqual(name))
            return recent;
        if (serviceNameKey.IsEmpty)
            serviceNameKey = builder.AddText("service.name"u8);
        int attribute = batch.OtherAttributes.Count;
        batch.OtherAttributes.Add(AttributeRow.String(serviceNameKey, serviceName));
        recent = batch.Resources.Count;
        batch.Resources.Add(new ResourceRow { Attributes = new RowRange(attribute, 1) });
        return recent;
    }

    // FNV-1a: names and addresses are a few dozen bytes, and a collision costs one row.
    private static uint Hash(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint hash = seed ^ 2166136261;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
