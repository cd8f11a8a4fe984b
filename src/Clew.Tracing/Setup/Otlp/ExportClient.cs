using System.Net;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>Clients for exporters: with the configured headers and certificates, and never traced themselves.</summary>
internal static class ExportClient
{
    public static HttpClient Create(ExportOptions export, bool isGrpc)
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
        var client = new HttpClient(isGrpc ? new GrpcCallHandler(sockets) : sockets) { Timeout = Timeout.InfiniteTimeSpan };
        foreach ((string name, string value) in export.Headers)
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }
}
