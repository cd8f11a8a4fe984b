using System.Net;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>Clients for exporters and for the remote sampler: with the configured certificates, and never traced themselves.</summary>
internal static class ExportClient
{
    /// <summary>An exporter's, with the configured headers and no time limit of its own.</summary>
    public static HttpClient Create(ExportOptions export, bool isGrpc)
    {
        SocketsHttpHandler sockets = Sockets(export);
        var client = new HttpClient(isGrpc ? new GrpcCallHandler(sockets) : sockets) { Timeout = Timeout.InfiniteTimeSpan };
        foreach ((string name, string value) in export.Headers)
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    /// <summary>For another server than the one spans go to, perhaps: the certificates are the same, the headers, which may hold a secret, stay away.</summary>
    public static HttpClient CreateForSampler(ExportOptions export) => new(Sockets(export));

    private static SocketsHttpHandler Sockets(ExportOptions export)
    {
        // Without a propagator the handler makes no activity.
        var sockets = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.None,
        };
        if (export.CaCertificate is { } authority)
            sockets.SslOptions.CertificateChainPolicy = ClientIdentity.Trust(authority);
        if (export.ClientCertificate is { } certificate)
            sockets.SslOptions.ClientCertificateContext = ClientIdentity.Load(certificate, export.ClientKey);
        return sockets;
    }
}
