using System.Diagnostics;
using Clew.Model;
using Clew.Tracing.Exporters;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Exporters;

public sealed class ExporterExtensionsTests : IDisposable
{
    private readonly ActivitySource source = new($"Clew.Tests.Extensions.{Guid.NewGuid():N}");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-extensions-");

    public void Dispose()
    {
        source.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Options_come_from_services_and_from_the_call_and_both_exporters_send()
    {
        await using var collector = new FakeCollector();
        await collector.StartAsync();
        using (TracerProvider provider = Builder()
            .ConfigureServices(services => services.Configure<ZipkinExporterOptions>("second", options => options.Endpoint = collector.Endpoint))
            .AddClewZipkinExporter(options => options.Endpoint = collector.Endpoint)
            .AddClewZipkinExporter(options => options.Gzip = true, name: "second")
            .Build())
            source.StartActivity("span")?.Dispose();

        Assert.Equal(["span", "span"], collector.Names);
    }

    [Fact]
    public void A_span_is_in_memory_and_on_the_console_as_soon_as_it_ends()
    {
        using var output = new StringWriter();
        var memory = new InMemoryExporter();
        using TracerProvider provider = Builder().AddClewInMemoryExporter(memory).AddClewConsoleExporter(output).Build();

        source.StartActivity("span")?.Dispose();

        Assert.Equal("span", Assert.Single(memory.Spans).DisplayName);
        Assert.Contains(" span ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_has_its_lines_when_the_provider_is_flushed()
    {
        string path = Path.Combine(folder.FullName, "traces.jsonl");
        using TracerProvider provider = Builder().AddClewFileExporter(options => options.Path = path).Build();

        source.StartActivity("span")?.Dispose();

        Assert.True(provider.ForceFlush(20_000));
        Assert.Equal("span", Assert.Single(Decoded.Spans(BatchFormat.OtlpJson, File.ReadAllBytes(path))).Name);
    }

    [Theory]
    [InlineData("Endpoint")]
    [InlineData("MemoryBytesMax")]
    [InlineData("RetryDelayMax")]
    [InlineData("PacketBytesMax")]
    [InlineData("FilesMax")]
    public void Options_that_cannot_be_are_refused_by_name_when_the_provider_is_built(string name)
    {
        TracerProviderBuilder builder = Builder();
        builder = name switch
        {
            "Endpoint" => builder.AddClewZipkinExporter(options => options.Endpoint = new Uri("ftp://traces/spans")),
            "MemoryBytesMax" => builder.AddClewJaegerExporter(options => options.Delivery.MemoryBytesMax = 0),
            "RetryDelayMax" => builder.AddClewJaegerExporter(options => options.Delivery.RetryDelayMax = TimeSpan.Zero),
            "PacketBytesMax" => builder.AddClewJaegerUdpExporter(options => options.PacketBytesMax = 65_001),
            _ => builder.AddClewFileExporter(options => options.FilesMax = 0),
        };

        Exception? refused = Record.Exception(() => builder.Build()?.Dispose());

        Assert.IsAssignableFrom<ArgumentException>(refused);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    private TracerProviderBuilder Builder() => Sdk.CreateTracerProviderBuilder().AddSource(source.Name);
}
