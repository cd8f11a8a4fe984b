namespace Clew.Tracing.Sampling;

/// <summary>Asks a sampling endpoint. Its requests are not traced.</summary>
internal sealed class StrategyClient : IDisposable
{
    /// <summary>2000 operations with names of 200 characters come to about 0.6 MB.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    private readonly HttpClient http;
    private readonly Uri address;
    private readonly int maxOperations;

    public StrategyClient(RemoteSamplerOptions options)
    {
        maxOperations = options.MaxOperations;
        var builder = new UriBuilder(options.Endpoint);
        string service = "service=" + Uri.EscapeDataString(options.ServiceName);
        builder.Query = builder.Query.Length > 1 ? $"{builder.Query}&{service}" : service;
        address = builder.Uri;
        http = options.HttpClientFactory?.Invoke() ?? CreateClient();
        http.Timeout = options.Timeout;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
    }

    /// <exception cref="FormatException">The answer is no strategy.</exception>
    /// <exception cref="HttpRequestException">There was no answer, one that is not 2xx, or one over the bound.</exception>
    public async Task<SamplingStrategy> GetAsync(CancellationToken cancel)
    {
        byte[] json = await http.GetByteArrayAsync(address, cancel).ConfigureAwait(false);
        return SamplingStrategyParser.Parse(json, maxOperations);
    }

    public void Dispose() => http.Dispose();

    // Connections are renewed now and then, so that a server that moved behind its name is found.
    private static HttpClient CreateClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
}
