using Microsoft.Extensions.Logging;

namespace Clew.Tracing;

/// <summary>Trace ids in logs, and logs in traces.</summary>
public sealed class LogOptions
{
    /// <summary>Puts trace id and span id into the scopes of every log line, for all providers that write scopes.</summary>
    public bool TraceIds { get; set; } = true;

    /// <summary>Writes the console's log lines with their trace id, unless the application has chosen a formatter of its own.</summary>
    public bool Console { get; set; } = true;

    /// <summary>Log lines from this level on become events of the span they were written in. None by default.</summary>
    public LogLevel CopyToSpans { get; set; } = LogLevel.None;
}
