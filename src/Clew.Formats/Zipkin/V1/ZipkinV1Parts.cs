using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>
/// The v2 spans that one v1 span becomes: one for each service whose endpoint its data names, and one more where both sides of a call are the same service. The
/// first exists always and takes what has no endpoint.
/// </summary>
internal sealed class ZipkinV1Parts
{
    // Two services in a call, a few more in spans that proxies added to. The bound keeps a span of many services from costing their square.
    private const int PartsMax = 64;

    private readonly SpanRow[] parts = new SpanRow[PartsMax];
    private SpanBatch batch = null!;
    private SpanRow common;

    public int Count { get; private set; }

    public ref SpanRow this[int part] => ref parts[part];

    /// <summary>Begins with one part that has no endpoint yet.</summary>
    public void Start(in SpanRow whole, SpanBatch into)
    {
        batch = into;
        common = whole with { StartNs = 0, DurationNs = 0 };
        Count = 0;
        Add(0);
    }

    /// <summary>The part of the endpoint's service.</summary>
    public int Of(int endpoint)
    {
        if (endpoint == 0)
            return 0;
        if (parts[0].LocalEndpoint == 0)
            parts[0].LocalEndpoint = endpoint;
        for (int part = 0; part < Count; part++)
        {
            if (SameService(parts[part].LocalEndpoint, endpoint))
                return part;
        }
        return Add(endpoint);
    }

    /// <summary>A part of its own, whether or not the service has one.</summary>
    public int Add(int endpoint)
    {
        if (Count == PartsMax)
            throw new SpanLimitException("ServicesPerZipkinV1SpanMax", PartsMax);
        parts[Count] = common with { LocalEndpoint = endpoint };
        return Count++;
    }

    public bool SameService(int left, int right) =>
        left == right || batch.Bytes(batch.Endpoints[left].ServiceName).SequenceEqual(batch.Bytes(batch.Endpoints[right].ServiceName));

    public bool SameEndpoint(int left, int right)
    {
        ref readonly EndpointRow a = ref batch.Endpoints[left];
        ref readonly EndpointRow b = ref batch.Endpoints[right];
        return left == right || (SameService(left, right) && a.Port == b.Port
            && batch.Bytes(a.Ipv4).SequenceEqual(batch.Bytes(b.Ipv4)) && batch.Bytes(a.Ipv6).SequenceEqual(batch.Bytes(b.Ipv6)));
    }

    /// <summary>The same endpoint without its service name; 0 when nothing is left.</summary>
    public int WithoutName(int endpoint)
    {
        EndpointRow socket = batch.Endpoints[endpoint] with { ServiceName = default };
        if (socket is { Ipv4.IsEmpty: true, Ipv6.IsEmpty: true, Port: 0 })
            return 0;
        batch.Endpoints.Add(socket);
        return batch.Endpoints.Count - 1;
    }
}
