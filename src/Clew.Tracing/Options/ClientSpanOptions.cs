using System.Diagnostics;

namespace Clew.Tracing;

/// <summary>Spans of requests this process makes.</summary>
public sealed class ClientSpanOptions
{
    /// <summary>False leaves the requests to whoever else records them. The context is sent along all the same.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Called when a recorded request has its answer (null where it failed), before its span ends.</summary>
    public Action<Activity, HttpRequestMessage, HttpResponseMessage?>? Enrich { get; set; }
}
