using System.Diagnostics;
using System.Globalization;
using Clew.Tracing.Setup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Clew.Tracing.Logs;

/// <summary>
/// The console lines of .NET's simple formatter, by the options of that one, with trace and span behind the category. In a terminal the trace id is a link to its page
/// (OSC 8), where the address of the pages is known. Thread-safe: it keeps nothing between lines.
/// </summary>
internal sealed class TraceConsoleFormatter(IOptions<ClewTracingOptions> tracing, IOptionsMonitor<SimpleConsoleFormatterOptions> simple) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "clew";

    private const string Indent = "      ";
    private const string Reset = "\e[39m\e[22m\e[49m";

    private readonly Uri? pages = PageAddress.Of(tracing.Value);

    /// <summary>Whether links and colours are understood; tests say so themselves.</summary>
    internal bool IsTerminal { get; init; } = !Console.IsOutputRedirected;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string? message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null)
            return;
        SimpleConsoleFormatterOptions options = simple.CurrentValue;
        if (options.TimestampFormat is { } format)
            textWriter.Write((options.UseUtcTimestamp ? Time.GetUtcNow() : Time.GetLocalNow()).ToString(format, CultureInfo.CurrentCulture));
        WriteLevel(logEntry.LogLevel, options.ColorBehavior, textWriter);
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $": {logEntry.Category}[{logEntry.EventId.Id}]"));
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            WriteIds(activity, textWriter);
        if (options.IncludeScopes)
            scopeProvider?.ForEachScope(WriteScope, textWriter);
        WriteText(message, options.SingleLine, textWriter);
        WriteText(logEntry.Exception?.ToString(), options.SingleLine, textWriter);
        textWriter.Write(Environment.NewLine);
    }

    private void WriteIds(Activity activity, TextWriter writer)
    {
        string traceId = activity.TraceId.ToHexString();
        bool isLink = IsTerminal && pages is not null && activity.Recorded;
        writer.Write(" trace=");
        if (isLink)
            writer.Write($"\e]8;;{PageAddress.Trace(pages!, traceId)}\e\\");
        writer.Write(traceId);
        if (isLink)
            writer.Write("\e]8;;\e\\");
        writer.Write(" span=");
        writer.Write(activity.SpanId.ToHexString());
    }

    private void WriteLevel(LogLevel level, LoggerColorBehavior colors, TextWriter writer)
    {
        (string word, string color) = level switch
        {
            LogLevel.Trace => ("trce", "\e[37m\e[40m"),
            LogLevel.Debug => ("dbug", "\e[37m\e[40m"),
            LogLevel.Information => ("info", "\e[32m\e[40m"),
            LogLevel.Warning => ("warn", "\e[1m\e[33m\e[40m"),
            LogLevel.Error => ("fail", "\e[30m\e[41m"),
            _ => ("crit", "\e[1m\e[37m\e[41m"),
        };
        bool isColored = colors == LoggerColorBehavior.Enabled || (colors == LoggerColorBehavior.Default && IsTerminal);
        writer.Write(isColored ? color + word + Reset : word);
    }

    // The scope with the ids would say again what the line has just said.
    private static void WriteScope(object? scope, TextWriter writer)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } pairs && pairs[0].Key is ("SpanId" or "TraceId" or "ParentId"))
            return;
        writer.Write(" => ");
        writer.Write(scope);
    }

    private static void WriteText(string? text, bool singleLine, TextWriter writer)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (singleLine)
        {
            writer.Write(' ');
            writer.Write(text.ReplaceLineEndings(" "));
            return;
        }
        writer.Write(Environment.NewLine + Indent);
        writer.Write(text.ReplaceLineEndings(Environment.NewLine + Indent));
    }
}
