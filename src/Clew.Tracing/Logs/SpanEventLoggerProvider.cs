using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Clew.Tracing.Logs;

/// <summary>Copies log lines into the span they are written in, from the configured level on.</summary>
[ProviderAlias("ClewSpans")]
internal sealed class SpanEventLoggerProvider(IOptions<ClewTracingOptions> options) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) =>
        options.Value is { Enabled: true, Logs.CopyToSpans: < LogLevel.None and var level } ? new SpanEventLogger(categoryName, level) : NullLogger.Instance;

    public void Dispose()
    {
    }
}

internal sealed class SpanEventLogger(string category, LogLevel least) : ILogger
{
    /// <summary>A span's events are bounded (OpenTelemetry's limit is 128); a loop that warns must not crowd out the exception at its end.</summary>
    private const int MaxEvents = 64;

    private const int MaxMessageLength = 4096;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || Activity.Current is not { IsAllDataRequested: true } activity || IsFull(activity))
            return;
        string message = formatter(state, exception);
        var tags = new ActivityTagsCollection
        {
            ["log.severity"] = logLevel.ToString(),
            ["log.category"] = category,
            ["log.message"] = message.Length > MaxMessageLength ? message[..MaxMessageLength] : message,
        };
        if (eventId.Name is { Length: > 0 } name)
            tags["log.event"] = name;
        if (exception is not null)
        {
            tags["exception.type"] = exception.GetType().FullName;
            tags["exception.message"] = exception.Message;
            tags["exception.stacktrace"] = exception.ToString();
        }
        activity.AddEvent(new ActivityEvent("log", tags: tags));
    }

    private static bool IsFull(Activity activity)
    {
        int count = 0;
        foreach (ref readonly ActivityEvent _ in activity.EnumerateEvents())
            count++;
        return count >= MaxEvents;
    }
}
