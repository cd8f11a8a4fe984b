namespace Clew.Tracing.Exporters;

/// <summary>What the exporters over HTTP have in common.</summary>
public abstract class HttpExporterOptions
{
    private protected HttpExporterOptions(Uri endpoint) => Endpoint = endpoint;

    /// <summary>Where requests are posted, with the whole path.</summary>
    public Uri Endpoint { get; set; }

    /// <summary>Compresses bodies with gzip. Jaeger's own collector before version 2 does not read it.</summary>
    public bool Gzip { get; set; }

    /// <summary>Makes the client, which the exporter then owns; the place for headers, certificates and proxies.</summary>
    public Func<HttpClient> HttpClientFactory { get; set; } = CreateClient;

    /// <summary>How requests are kept and repeated.</summary>
    public DeliveryOptions Delivery { get; set; } = new();

    // The exporter has its own time limit for each request. Without a propagator the handler makes no activity for the exporter's requests.
    private static HttpClient CreateClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
