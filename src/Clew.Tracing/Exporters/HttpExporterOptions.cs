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

    /// <exception cref="ArgumentException">An address that cannot be posted to, something missing, or a bound of <see cref="Delivery"/> that cannot be.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Endpoint);
        ArgumentNullException.ThrowIfNull(HttpClientFactory);
        ArgumentNullException.ThrowIfNull(Delivery);
        if (!Endpoint.IsAbsoluteUri || (Endpoint.Scheme != Uri.UriSchemeHttp && Endpoint.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"Endpoint: '{Endpoint}' is not an absolute address with http or https.");
        Delivery.Validate();
    }

    // The exporter has its own time limit for each request. Without a propagator the handler makes no activity for the exporter's requests.
    private static HttpClient CreateClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
