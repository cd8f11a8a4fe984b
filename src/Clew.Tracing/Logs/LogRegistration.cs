using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Clew.Tracing.Logs;

/// <summary>Trace ids in the scopes of log lines and on the console, and log lines in spans.</summary>
internal static class LogRegistration
{
    public static void Add(IServiceCollection services)
    {
        services.AddLogging();
        services.AddSingleton<IConfigureOptions<LoggerFactoryOptions>, TraceIdScopes>();
        services.AddSingleton<IPostConfigureOptions<ConsoleLoggerOptions>, ConsoleFormatterChoice>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ConsoleFormatter, TraceConsoleFormatter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, SpanEventLoggerProvider>());
    }

    /// <summary>The logger factory itself puts the ids into a scope around every line.</summary>
    private sealed class TraceIdScopes(IOptions<ClewTracingOptions> tracing) : IConfigureOptions<LoggerFactoryOptions>
    {
        public void Configure(LoggerFactoryOptions options)
        {
            if (tracing.Value is { Enabled: true, Logs.TraceIds: true })
                options.ActivityTrackingOptions |= ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId;
        }
    }

    /// <summary>
    /// Only where nobody has chosen another than the simple one, whose lines and options ours takes over: <c>WebApplication.CreateSlimBuilder</c> names it as an application would.
    /// </summary>
    private sealed class ConsoleFormatterChoice(IOptions<ClewTracingOptions> tracing) : IPostConfigureOptions<ConsoleLoggerOptions>
    {
        public void PostConfigure(string? name, ConsoleLoggerOptions options)
        {
            if (options.FormatterName is null or ConsoleFormatterNames.Simple && tracing.Value is { Enabled: true, Logs.Console: true })
                options.FormatterName = TraceConsoleFormatter.FormatterName;
        }
    }
}
