using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Clew.Model;
using Clew.Tracing.Tests.Exporters;
using Clew.Tracing.Tests.Instrumentation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Clew.Tracing.Tests.Setup;

/// <summary>A collector for OTLP over either transport, on a port that stays its own while it is away.</summary>
internal sealed class OtlpCollector(bool isGrpc) : IAsyncDisposable
{
    private readonly SemaphoreSlim requests = new(0);
    private WebApplication? app;
    private int port;

    /// <summary>Answers in place of the collector, once for each; after them requests are accepted.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Refusals { get; } = new();

    public ConcurrentQueue<string> Names { get; } = new();

    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = new();

    /// <summary>Serves TLS with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Lets in only clients with a certificate of this authority.</summary>
    public X509Certificate2? ClientAuthority { get; init; }

    /// <summary>Subjects of the certificates that clients showed.</summary>
    public ConcurrentQueue<string?> Clients { get; } = new();

    public string Endpoint => $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{port}";

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (Certificate is not null)
                listen.UseHttps(Certificate, https => RequireClients(https));
        }));
        app = builder.Build();
        app.MapPost(isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces", context => HandleAsync(context, BatchFormat.OtlpProtobuf));
        app.MapPost("/api/v2/spans", context => HandleAsync(context, BatchFormat.ZipkinV2Json));
        app.MapPost("/api/traces", context => HandleAsync(context, BatchFormat.JaegerThriftBinaryBatch));
        app.MapGet("/sampling", SamplingAsync);
        await app.StartAsync();
        port = new Uri(app.Urls.Single()).Port;
    }

    public async Task StopAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        app = null;
    }

    public async Task RequestsAsync(int count)
    {
        for (; count > 0; count--)
            Assert.True(await requests.WaitAsync(TimeSpan.FromSeconds(20)), "no request came");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        requests.Dispose();
    }

    private void RequireClients(HttpsConnectionAdapterOptions https)
    {
        if (ClientAuthority is null)
            return;
        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        https.ClientCertificateValidation = (certificate, _, _) =>
        {
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.Add(ClientAuthority);
            return chain.Build(certificate);
        };
    }

    private async Task HandleAsync(HttpContext context, BatchFormat format)
    {
        Clients.Enqueue(context.Connection.ClientCertificate?.Subject);
        byte[] body = await BodyAsync(context);
        if (Refusals.TryDequeue(out Func<HttpContext, Task>? refuse))
        {
            await refuse(context);
        }
        else
        {
            Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
            foreach (Clew.Model.Span span in Decoded.Spans(format, body))
                Names.Enqueue(span.Name);
            if (isGrpc)
                await AnswerAsync(context, 0);
        }
        requests.Release();
    }

    private async Task SamplingAsync(HttpContext context)
    {
        Clients.Enqueue(context.Connection.ClientCertificate?.Subject);
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        await context.Response.WriteAsync("""{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1}}""");
        requests.Release();
    }

    private async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        byte[] bytes = body.ToArray();
        bool gzip = isGrpc ? bytes[0] == 1 : context.Request.Headers.ContentEncoding == "gzip";
        if (isGrpc)
            bytes = bytes[5..];
        if (!gzip)
            return bytes;
        using var inflated = new MemoryStream();
        using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        await stream.CopyToAsync(inflated);
        return inflated.ToArray();
    }

    public static async Task AnswerAsync(HttpContext context, int status, string? details = null)
    {
        context.Response.ContentType = "application/grpc";
        if (status == 0)
            await context.Response.Body.WriteAsync(GrpcFrames.Frame([]));
        context.Response.AppendTrailer("grpc-status", $"{status}");
        if (details is not null)
            context.Response.AppendTrailer("grpc-status-details-bin", details);
    }
}
