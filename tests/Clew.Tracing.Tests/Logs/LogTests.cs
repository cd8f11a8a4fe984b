using System.Diagnostics;
using Clew.Tracing.Exporters;
using Clew.Tracing.Logs;
using Clew.Tracing.Tests.Propagation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Logs;

[Collection(nameof(ProcessPropagator))]
public sealed class LogTests : IDisposable
{
    private readonly DistributedContextPropagator propagator = DistributedContextPropagator.Current;
    private readonly ActivitySource source = new("Clew.Tracing.Tests.Logs");

    public void Dispose()
    {
        source.Dispose();
        DistributedContextPropagator.Current = propagator;
    }

    [Fact]
    public async Task Every_line_has_the_ids_in_its_scopes()
    {
        var seen = new ScopeReader();
        using IHost host = await StartAsync(builder => builder.Logging.AddProvider(seen));
        using Activity span = source.StartActivity("work")!;
        host.Services.GetRequiredService<ILogger<LogTests>>().LogInformation("hello");

        Assert.Equal((span.TraceId.ToString(), span.SpanId.ToString()), (seen.Last["TraceId"], seen.Last["SpanId"]));
    }

    [Theory]
    [InlineData(null, "clew")]
    [InlineData("simple", "clew")]
    [InlineData("json", "json")]
    public async Task The_console_is_given_the_ids_unless_the_application_has_chosen_its_format(string? chosen, string expected)
    {
        using IHost host = await StartAsync(builder =>
        {
            builder.Logging.AddConsole(console => console.FormatterName = chosen);
        });

        Assert.Equal(expected, host.Services.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue.FormatterName);
        Assert.Contains(host.Services.GetServices<ConsoleFormatter>(), formatter => formatter is TraceConsoleFormatter);
    }

    [Theory]
    [InlineData(false, "trace={0} span={1}")]
    [InlineData(true, "trace=\e]8;;http://localhost:16686/trace/{0}\e\\{0}\e]8;;\e\\ span={1}")]
    public async Task A_console_line_names_its_trace_and_in_a_terminal_leads_to_its_page(bool terminal, string expected)
    {
        using IHost host = await StartAsync(builder => builder.Logging.AddConsole());
        using Activity span = source.StartActivity("work")!;
        string line = Format(host, terminal, LogLevel.Warning, "first\nsecond");

        string ids = string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, span.TraceId, span.SpanId);
        string word = terminal ? "\e[1m\e[33m\e[40mwarn\e[39m\e[22m\e[49m" : "warn";
        Assert.Equal($"{word}: Shop[7] {ids}{Environment.NewLine}      first{Environment.NewLine}      second{Environment.NewLine}", line);
    }

    [Fact]
    public async Task A_console_line_outside_of_any_span_names_none()
    {
        using IHost host = await StartAsync(builder => builder.Logging.AddConsole());
        Activity.Current = null;

        Assert.Equal($"info: Shop[7]{Environment.NewLine}      plain{Environment.NewLine}", Format(host, terminal: true, LogLevel.Information, "plain").Replace("\e[32m\e[40m", "").Replace("\e[39m\e[22m\e[49m", ""));
    }

    [Fact]
    public async Task Warnings_and_errors_become_events_of_the_span_when_asked_for()
    {
        using var exporter = new InMemoryExporter();
        using IHost host = await StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(new SimpleActivityExportProcessor(exporter))),
            ("Tracing:Logs:CopyToSpans", "warning"));
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        using (source.StartActivity("work"))
        {
            logger.LogInformation("not this");
            logger.LogWarning("stock of {Sku} is low", "a-1");
            logger.LogError(new InvalidOperationException("broken"), "order failed");
        }
        logger.LogError("outside");

        ActivityEvent[] events = [.. Assert.Single(exporter.Spans).Events];
        Assert.Equal(2, events.Length);
        Assert.Contains(events[0].Tags, tag => tag is { Key: "log.message", Value: "stock of a-1 is low" });
        Assert.Contains(events[1].Tags, tag => tag is { Key: "log.severity", Value: "Error" });
        Assert.Contains(events[1].Tags, tag => tag is { Key: "exception.message", Value: "broken" });
    }

    [Fact]
    public async Task A_loop_that_warns_does_not_fill_the_span()
    {
        using IHost host = await StartAsync(_ => { }, ("Tracing:Logs:CopyToSpans", "warning"));
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        using Activity span = source.StartActivity("work")!;
        for (int i = 0; i < 500; i++)
            logger.LogWarning("again");

        Assert.Equal(64, span.Events.Count());
    }

    [Fact]
    public async Task Lines_stay_out_of_spans_unless_asked_for()
    {
        using IHost host = await StartAsync(_ => { });
        using Activity span = source.StartActivity("work")!;
        host.Services.GetRequiredService<ILogger<LogTests>>().LogError("broken");

        Assert.Empty(span.Events);
    }

    private async Task<IHost> StartAsync(Action<HostApplicationBuilder> build, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("Tracing:Exporters", "none"), new("Tracing:Sources", source.Name), new("Tracing:PageUrl", "http://localhost:16686/"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.AddClewTracing();
        build(builder);
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static string Format(IHost host, bool terminal, LogLevel level, string message)
    {
        var formatter = new TraceConsoleFormatter(
            host.Services.GetRequiredService<IOptions<ClewTracingOptions>>(), host.Services.GetRequiredService<IOptionsMonitor<SimpleConsoleFormatterOptions>>())
        {
            IsTerminal = terminal,
        };
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(level, "Shop", new EventId(7), message, null, (state, _) => state), null, writer);
        return writer.ToString();
    }

    /// <summary>A provider that reads scopes, as those for files and services do.</summary>
    private sealed class ScopeReader : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public Dictionary<string, string> Last { get; private set; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var found = new Dictionary<string, string>();
            scopes.ForEachScope(static (scope, all) =>
            {
                foreach ((string key, object? value) in (scope as IEnumerable<KeyValuePair<string, object?>>) ?? [])
                    all[key] = $"{value}";
            }, found);
            Last = found;
        }
    }
}
