using System.Diagnostics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Tests.Propagation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Setup;

[Collection(nameof(ProcessPropagator))]
public sealed class SetupTests : IDisposable
{
    private readonly DistributedContextPropagator propagator = DistributedContextPropagator.Current;
    private readonly ActivitySource source = new("Clew.Tracing.Tests.Setup");
    private readonly InMemoryExporter exporter = new();

    public void Dispose()
    {
        source.Dispose();
        exporter.Dispose();
        DistributedContextPropagator.Current = propagator;
    }

    [Fact]
    public async Task A_worker_is_traced_and_described()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"), ("Tracing:Sources", source.Name), ("Tracing:ServiceName", "mailer"), ("Tracing:ResourceAttributes:team", "blue"));
        builder.AddClewTracing();
        builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(new SimpleActivityExportProcessor(exporter)));
        using IHost host = builder.Build();
        await host.StartAsync();
        source.StartActivity("work")?.Dispose();

        Assert.Equal("work", Assert.Single(exporter.Spans).DisplayName);
        Dictionary<string, object> resource = host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary();
        Assert.Equal(("mailer", "blue", Environment.MachineName), (resource["service.name"], resource["team"], resource["host.name"]));
        Assert.Equal($"{Environment.MachineName}-{Environment.ProcessId}", resource["service.instance.id"]);
        Assert.Equal(("opentelemetry", "clew", "Production"), (resource["telemetry.sdk.name"], resource["telemetry.distro.name"], resource["deployment.environment.name"]));
        Assert.Contains("service.version", resource.Keys);
        Assert.Contains("process.runtime.version", resource.Keys);
    }

    [Fact]
    public async Task The_application_s_name_is_the_service_s_where_nobody_says_otherwise()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"));
        builder.AddClewTracing();
        using IHost host = builder.Build();
        await host.StartAsync();

        Assert.Contains(host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes, attribute => attribute is { Key: "service.name", Value: "The.Application" });
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Sampler:Ratio", "lots"), ("Tracing:Endpiont", "http://localhost:4317"));
        builder.AddClewTracing();

        // Whichever needs the options first: the logger factory when the host is built, or the check at its start.
        OptionsValidationException problem = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            using IHost host = builder.Build();
            await host.StartAsync();
        });
        Assert.Contains(problem.Failures, failure => failure.StartsWith("Tracing:Sampler:Ratio: 'lots' is not", StringComparison.Ordinal));
        Assert.Contains(problem.Failures, failure => failure.StartsWith("Tracing:Endpiont: there is no such setting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Tracing:Enabled", "false")]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    public async Task Switched_off_it_registers_nothing(string key, string value)
    {
        HostApplicationBuilder builder = Builder((key, value));
        int before = builder.Services.Count;
        builder.AddClewTracing();
        builder.AddClewTracing(options => options.ServiceName = "again");

        Assert.Equal(before, builder.Services.Count);
        using IHost host = builder.Build();
        await host.StartAsync();
        Assert.False(source.HasListeners());
        Assert.Same(propagator, DistributedContextPropagator.Current);
    }

    [Fact]
    public async Task Switched_off_in_a_configuration_that_is_known_late_it_listens_to_nothing()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Enabled", "false"), ("Tracing:Sources", source.Name));
        builder.Services.AddClewTracing();
        using IHost host = builder.Build();
        await host.StartAsync();

        Assert.False(source.HasListeners());
        Assert.Same(propagator, DistributedContextPropagator.Current);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Beside_an_application_s_own_OpenTelemetry_there_is_one_provider_and_every_span_once(bool first)
    {
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"), ("Tracing:Sources", source.Name));
        if (first)
            builder.AddClewTracing();
        new OwnOpenTelemetry(builder.Services).WithTracing(own => own
            .AddSource(source.Name)
            .ConfigureResource(resource => resource.AddService("named-in-code"))
            .AddProcessor(new SimpleActivityExportProcessor(exporter)));
        if (!first)
            builder.AddClewTracing();
        builder.AddClewTracing();
        using IHost host = builder.Build();
        await host.StartAsync();
        source.StartActivity("once")?.Dispose();

        Assert.Equal("once", Assert.Single(exporter.Spans).DisplayName);
        Assert.Single(host.Services.GetServices<TracerProvider>());
        Dictionary<string, object> resource = host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary();
        Assert.Equal(("named-in-code", Environment.MachineName), (resource["service.name"], resource["host.name"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_settings_the_application_s_sampler_stays_and_with_them_it_gives_way(bool inSettings)
    {
        HostApplicationBuilder builder = Builder(
            [("Tracing:Exporters", "none"), ("Tracing:Sources", source.Name), .. inSettings ? [("Tracing:Sampler:Type", "always_on")] : Array.Empty<(string, string)>()]);
        builder.AddClewTracing();
        new OwnOpenTelemetry(builder.Services).WithTracing(own => own.SetSampler(new AlwaysOffSampler()).AddProcessor(new SimpleActivityExportProcessor(exporter)));
        using IHost host = builder.Build();
        await host.StartAsync();
        source.StartActivity("one")?.Dispose();

        Assert.Equal(inSettings ? 1 : 0, exporter.Spans.Count);
    }

    [Fact]
    public async Task The_sampler_and_ignored_paths_follow_the_configuration_while_the_host_runs()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"), ("Tracing:Sources", source.Name));
        builder.AddClewTracing();
        builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(new SimpleActivityExportProcessor(exporter)));
        using IHost host = builder.Build();
        await host.StartAsync();
        source.StartActivity("before")?.Dispose();

        Change(builder, "Tracing:Sampler:Type", "always_off");
        source.StartActivity("off")?.Dispose();
        Change(builder, "Tracing:Sampler:Type", "nonsense");
        source.StartActivity("still off")?.Dispose();
        Change(builder, "Tracing:Sampler:Type", "always_on");
        source.StartActivity("on again")?.Dispose();
        Change(builder, "Tracing:Server:IgnorePaths", "/quiet");
        using (source.StartActivity("ignored", ActivityKind.Server, default(ActivityContext), [new("url.path", "/quiet")]))
            source.StartActivity("below ignored")?.Dispose();

        Assert.Equal(["before", "on again"], exporter.Spans.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task Both_propagators_of_the_process_are_the_configured_one()
    {
        TextMapPropagator openTelemetry = Propagators.DefaultTextMapPropagator;
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"), ("OTEL_PROPAGATORS", "b3"));
        builder.AddClewTracing();
        try
        {
            // A client made before the host starts must have it already.
            Assert.Contains("b3", DistributedContextPropagator.Current.Fields);
            using IHost host = builder.Build();
            await host.StartAsync();

            Assert.Contains("b3", Propagators.DefaultTextMapPropagator.Fields!);
            Assert.DoesNotContain("traceparent", DistributedContextPropagator.Current.Fields);
            Assert.Same(DistributedContextPropagator.Current, host.Services.GetRequiredService<DistributedContextPropagator>());
        }
        finally
        {
            Sdk.SetDefaultTextMapPropagator(openTelemetry);
        }
    }

    [Fact]
    public void A_program_without_a_host_uses_it_on_a_provider()
    {
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddClewTracing(options =>
            {
                options.ServiceName = "tool";
                options.Exporters = [];
                options.Sources.Add(source.Name);
            })
            .AddProcessor(new SimpleActivityExportProcessor(exporter))
            .Build())
        {
            source.StartActivity("one")?.Dispose();
            Assert.Contains(provider.GetResource().Attributes, attribute => attribute is { Key: "service.name", Value: "tool" });
        }

        Assert.Equal("one", Assert.Single(exporter.Spans).DisplayName);
    }

    [Fact]
    public async Task Inside_WithTracing_it_is_the_same_and_the_line_adds_the_host_s_part()
    {
        HostApplicationBuilder builder = Builder(("Tracing:Exporters", "none"), ("OTEL_PROPAGATORS", "jaeger"));
        new OwnOpenTelemetry(builder.Services).WithTracing(own => own.AddClewTracing(options => options.Sources.Add(source.Name)).AddProcessor(new SimpleActivityExportProcessor(exporter)));
        builder.AddClewTracing(options => options.ServiceName = "both");
        using IHost host = builder.Build();
        await host.StartAsync();
        source.StartActivity("once")?.Dispose();

        Assert.Equal("once", Assert.Single(exporter.Spans).DisplayName);
        Assert.Contains(host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes, attribute => attribute is { Key: "service.name", Value: "both" });
        Assert.Contains("uber-trace-id", host.Services.GetRequiredService<DistributedContextPropagator>().Fields);
    }

    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "The.Application" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        return builder;
    }

    private static void Change(HostApplicationBuilder builder, string key, string value)
    {
        builder.Configuration[key] = value;
        ((IConfigurationRoot)builder.Configuration).Reload();
    }
}

/// <summary>As OpenTelemetry.Extensions.Hosting's <c>AddOpenTelemetry</c> does it.</summary>
internal sealed class OwnOpenTelemetry(IServiceCollection services) : IOpenTelemetryBuilder
{
    public IServiceCollection Services => services;
}
