using System.Diagnostics;
using System.Net;
using Clew.Tracing.Exporters;
using Clew.Tracing.Setup.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Setup;

public sealed class OtlpExportTests : IDisposable
{
    private readonly ActivitySource source = new($"Clew.Tracing.Tests.{Guid.NewGuid():N}");

    public void Dispose() => source.Dispose();

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, false)]
    [InlineData(OtlpExportProtocol.Grpc, true)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, false)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, true)]
    public async Task Spans_arrive_with_the_configured_headers(OtlpExportProtocol protocol, bool gzip)
    {
        await using var collector = new OtlpCollector(protocol == OtlpExportProtocol.Grpc);
        await collector.StartAsync();
        using TracerProvider provider = Provider(collector, protocol, export =>
        {
            export.Gzip = gzip;
            export.Headers["x-api-key"] = "secret";
        });
        for (int i = 0; i < 700; i++)
            source.StartActivity($"span {i}")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));

        Assert.Equal(Enumerable.Range(0, 700).Select(i => $"span {i}"), collector.Names);
        Assert.All(collector.Headers, headers => Assert.Equal("secret", headers["x-api-key"]));
        Assert.All(collector.Headers, headers => Assert.DoesNotContain("traceparent", headers.Keys));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task What_ends_while_the_server_is_away_arrives_when_it_is_back(OtlpExportProtocol protocol)
    {
        await using var collector = new OtlpCollector(protocol == OtlpExportProtocol.Grpc);
        await collector.StartAsync();
        using TracerProvider provider = Provider(collector, protocol);
        source.StartActivity("before")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));
        await collector.StopAsync();
        source.StartActivity("away")?.Dispose();
        Assert.False(provider.ForceFlush(200));
        await collector.StartAsync();
        source.StartActivity("back")?.Dispose();

        Assert.True(provider.ForceFlush(20_000));
        Assert.Equal(["before", "away", "back"], collector.Names);
    }

    [Fact]
    public async Task What_is_unsent_at_the_end_is_sent_by_the_next_run()
    {
        string spool = Directory.CreateTempSubdirectory("clew-otlp").FullName;
        try
        {
            await using var collector = new OtlpCollector(isGrpc: true);
            await collector.StartAsync();
            await collector.StopAsync();
            using (TracerProvider provider = Provider(collector, OtlpExportProtocol.Grpc, spool: spool))
            {
                source.StartActivity("first run")?.Dispose();
                provider.Shutdown(500);
            }
            await collector.StartAsync();
            using TracerProvider next = Provider(collector, OtlpExportProtocol.Grpc, spool: spool);
            source.StartActivity("second run")?.Dispose();
            await collector.RequestsAsync(2);

            Assert.Equal(["first run", "second run"], collector.Names.Order());
        }
        finally
        {
            Directory.Delete(spool, recursive: true);
        }
    }

    [Theory]
    [InlineData(14, null)]
    [InlineData(4, null)]
    [InlineData(8, "CAgaMwoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIHCgUQgK3iBA")]
    public async Task A_call_that_is_refused_for_now_is_made_again(int status, string? details)
    {
        await using var collector = new OtlpCollector(isGrpc: true);
        collector.Refusals.Enqueue(context => OtlpCollector.AnswerAsync(context, status, details));
        await collector.StartAsync();
        using TracerProvider provider = Provider(collector, OtlpExportProtocol.Grpc);
        source.StartActivity("again")?.Dispose();

        Assert.True(provider.ForceFlush(20_000));
        Assert.Equal("again", Assert.Single(collector.Names));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(8, null)]
    public async Task A_call_that_is_refused_for_good_is_not(int status, string? details)
    {
        await using var collector = new OtlpCollector(isGrpc: true);
        collector.Refusals.Enqueue(context => OtlpCollector.AnswerAsync(context, status, details));
        await collector.StartAsync();
        using TracerProvider provider = Provider(collector, OtlpExportProtocol.Grpc);
        source.StartActivity("lost")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));
        source.StartActivity("next")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));

        Assert.Equal("next", Assert.Single(collector.Names));
    }

    [Fact]
    public void The_server_s_delay_is_read_from_its_status()
    {
        using HttpResponseMessage answer = GrpcAnswer.ToHttp("8", "CAgaMwoodHlwZS5nb29nbGVhcGlzLmNvbS9nb29nbGUucnBjLlJldHJ5SW5mbxIHCgUQgK3iBA");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(10), answer.Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData("8", "!!!")]
    [InlineData("8", "CAga/////w==")]
    [InlineData("", null)]
    [InlineData("none", null)]
    public void Nonsense_is_no_delay_and_no_success(string status, string? details)
    {
        using HttpResponseMessage answer = GrpcAnswer.ToHttp(status, details);

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Null(answer.Headers.RetryAfter);
    }

    /// <summary>There is no public way to see whether an application exports by itself. If this fails, OpenTelemetry's SDK has changed: see ApplicationExporters.</summary>
    [Fact]
    public void What_the_search_for_exporters_reads_inside_the_SDK_is_still_there()
    {
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddProcessor(new SimpleActivityExportProcessor(new InMemoryExporter())).AddProcessor(new SimpleActivityExportProcessor(new InMemoryExporter())).Build();

        Assert.Equal([], ApplicationExporters.MissingMembers(provider));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_default_export_gives_way_to_an_exporter_of_the_application_in_either_order(bool first)
    {
        await using var collector = new OtlpCollector(isGrpc: true);
        await collector.StartAsync();
        OtlpExportProcessor export = OtlpExportProcessor.Create(Export(collector, OtlpExportProtocol.Grpc), new DeliveryOptions(), new BatchExportActivityProcessorOptions(), givesWay: true);
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder().AddSource(source.Name);
        if (first)
            builder.AddProcessor(export);
        builder.AddProcessor(new SimpleActivityExportProcessor(new InMemoryExporter())).AddOtlpExporter(options => options.Endpoint = new Uri(collector.Endpoint));
        if (!first)
            builder.AddProcessor(export);
        using TracerProvider provider = builder.Build();
        source.StartActivity("once")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));

        Assert.False(export.IsActive);
        Assert.Equal("once", Assert.Single(collector.Names));
    }

    [Fact]
    public async Task The_default_export_is_active_beside_exporters_of_other_kinds()
    {
        await using var collector = new OtlpCollector(isGrpc: true);
        await collector.StartAsync();
        OtlpExportProcessor export = OtlpExportProcessor.Create(Export(collector, OtlpExportProtocol.Grpc), new DeliveryOptions(), new BatchExportActivityProcessorOptions(), givesWay: true);
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name).AddProcessor(export).AddProcessor(new SimpleActivityExportProcessor(new InMemoryExporter())).Build();
        source.StartActivity("once")?.Dispose();
        Assert.True(provider.ForceFlush(20_000));

        Assert.Equal("once", Assert.Single(collector.Names));
    }

    private TracerProvider Provider(OtlpCollector collector, OtlpExportProtocol protocol, Action<ExportOptions>? configure = null, string? spool = null)
    {
        ExportOptions export = Export(collector, protocol);
        configure?.Invoke(export);
        var delivery = new DeliveryOptions { RetryDelayMin = TimeSpan.FromMilliseconds(20), RetryDelayMax = TimeSpan.FromMilliseconds(100), SpoolDirectory = spool };
        return Sdk.CreateTracerProviderBuilder()
            .AddSource(source.Name)
            .AddProcessor(OtlpExportProcessor.Create(export, delivery, new BatchExportActivityProcessorOptions { ScheduledDelayMilliseconds = 50 }, givesWay: false))
            .Build();
    }

    private static ExportOptions Export(OtlpCollector collector, OtlpExportProtocol protocol) => new() { Endpoint = new Uri(collector.Endpoint), Protocol = protocol };
}
