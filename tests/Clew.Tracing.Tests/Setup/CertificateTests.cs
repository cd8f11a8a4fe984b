using System.Diagnostics;
using Clew.Tracing.Tests.Logs;
using Clew.Tracing.Tests.Propagation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Setup;

/// <summary>Exporters by their settings to a server with a certificate of an authority of its own.</summary>
[Collection(nameof(ProcessPropagator))]
public sealed class CertificateTests : IDisposable
{
    private readonly DistributedContextPropagator propagator = DistributedContextPropagator.Current;
    private readonly ActivitySource source = new($"Clew.Tracing.Tests.{Guid.NewGuid():N}");
    private readonly TestCertificates certificates = new();

    public static TheoryData<string, string, string, string> Exporters => new()
    {
        { "otlp", "grpc", "OTEL_EXPORTER_OTLP_ENDPOINT", "" },
        { "otlp", "http/protobuf", "OTEL_EXPORTER_OTLP_ENDPOINT", "" },
        { "zipkin", "grpc", "OTEL_EXPORTER_ZIPKIN_ENDPOINT", "/api/v2/spans" },
        { "jaeger-http", "grpc", "JAEGER_ENDPOINT", "/api/traces" },
    };

    public void Dispose()
    {
        source.Dispose();
        certificates.Dispose();
        DistributedContextPropagator.Current = propagator;
    }

    [Theory]
    [MemberData(nameof(Exporters))]
    public async Task Every_exporter_trusts_the_configured_authority_and_shows_its_own_certificate(string exporter, string protocol, string setting, string path)
    {
        await using OtlpCollector collector = await StartAsync(exporter, protocol, certificates.Authority);
        using IHost host = await StartHostAsync(
            new LogLines(), exporter, protocol, (setting, collector.Endpoint + path), ("OTEL_EXPORTER_OTLP_CERTIFICATE", certificates.File("ca.pem")),
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", certificates.File("client.pem")), ("OTEL_EXPORTER_OTLP_CLIENT_KEY", certificates.File("client.key")));
        source.StartActivity("secret")?.Dispose();
        await host.StopAsync();

        Assert.Equal("secret", Assert.Single(collector.Names));
        Assert.Equal("CN=client", Assert.Single(collector.Clients));
    }

    [Theory]
    [MemberData(nameof(Exporters))]
    public async Task A_server_of_another_authority_gets_nothing_and_the_log_says_why(string exporter, string protocol, string setting, string path)
    {
        await using OtlpCollector collector = await StartAsync(exporter, protocol, clientAuthority: null);
        var log = new LogLines();
        using IHost host = await StartHostAsync(log, exporter, protocol, (setting, collector.Endpoint + path), ("Tracing:CaCertificate", certificates.File("stranger.pem")));
        source.StartActivity("secret")?.Dispose();
        Assert.False(host.Services.GetRequiredService<TracerProvider>().ForceFlush(2_000));

        string line = Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains($"Spans cannot be sent to {collector.Endpoint}", line, StringComparison.Ordinal);
        Assert.Contains("certificate", line, StringComparison.Ordinal);
        Assert.Empty(collector.Names);
    }

    [Fact]
    public async Task A_server_that_asks_for_a_certificate_takes_nothing_without_one()
    {
        await using OtlpCollector collector = await StartAsync("otlp", "grpc", certificates.Authority);
        var log = new LogLines();
        using IHost host = await StartHostAsync(log, "otlp", "grpc", ("Tracing:Endpoint", collector.Endpoint), ("Tracing:CaCertificate", certificates.File("ca.pem")));
        source.StartActivity("secret")?.Dispose();
        Assert.False(host.Services.GetRequiredService<TracerProvider>().ForceFlush(2_000));

        Assert.Contains(log.Lines, line => line.Contains("Spans cannot be sent to", StringComparison.Ordinal));
        Assert.Empty(collector.Names);
    }

    [Fact]
    public async Task A_remote_sampler_asks_by_the_same_certificates_and_keeps_the_exporters_headers_to_itself()
    {
        await using OtlpCollector collector = await StartAsync("otlp", "http/protobuf", certificates.Authority);
        using IHost host = await StartHostAsync(
            new LogLines(), "none", "http/protobuf", ("Tracing:Sampler:Type", "remote"), ("Tracing:Sampler:Endpoint", collector.Endpoint + "/sampling"), ("Tracing:Headers", "authorization=secret"),
            ("Tracing:CaCertificate", certificates.File("ca.pem")), ("Tracing:ClientCertificate", certificates.File("client.pem")), ("Tracing:ClientKey", certificates.File("client.key")));

        await collector.RequestsAsync(1);
        Assert.Equal("CN=client", Assert.Single(collector.Clients));
        Assert.False(Assert.Single(collector.Headers).ContainsKey("authorization"));
    }

    [Theory]
    [InlineData("Tracing:CaCertificate", "not.pem", "holds no certificate")]
    [InlineData("Tracing:CaCertificate", "missing.pem", "there is no file")]
    [InlineData("Tracing:ClientCertificate", "client.pem", "cannot be used")]
    [InlineData("Tracing:ClientCertificate", "not.pem", "cannot be used")]
    [InlineData("Tracing:ClientKey", "client.key", "is of no use without ClientCertificate")]
    public async Task A_file_that_cannot_be_used_stops_the_start_and_is_named(string setting, string file, string message)
    {
        OptionsValidationException problem = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            using IHost host = await StartHostAsync(new LogLines(), "otlp", "grpc", (setting, certificates.File(file)));
        });

        string failure = Assert.Single(problem.Failures);
        Assert.StartsWith(setting + ": ", failure, StringComparison.Ordinal);
        Assert.Contains(message, failure, StringComparison.Ordinal);
    }

    private async Task<OtlpCollector> StartAsync(string exporter, string protocol, System.Security.Cryptography.X509Certificates.X509Certificate2? clientAuthority)
    {
        var collector = new OtlpCollector(exporter == "otlp" && protocol == "grpc") { Certificate = certificates.Server, ClientAuthority = clientAuthority };
        await collector.StartAsync();
        return collector;
    }

    private async Task<IHost> StartHostAsync(LogLines log, string exporter, string protocol, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "The.Application" });
        builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection(
            [new("Tracing:Exporters", exporter), new("Tracing:Protocol", protocol), new("Tracing:Sources", source.Name), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.AddClewTracing();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
