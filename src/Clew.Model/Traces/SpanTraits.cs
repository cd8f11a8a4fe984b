namespace Clew.Model;

/// <summary>Facts a span carries beside its W3C flags, kept so that it leaves through its own format as it came.</summary>
[Flags]
public enum SpanTraits : byte
{
    None = 0,

    /// <summary>Zipkin's <c>shared</c>: the server half of an RPC that reuses the client's span id.</summary>
    Shared = 1,

    /// <summary>Zipkin's <c>debug</c> and Jaeger's debug flag (2): sampled by force.</summary>
    Debug = 2,

    /// <summary>Jaeger's firehose flag (8).</summary>
    Firehose = 4,

    /// <summary>The sender's end lay before its start; the duration was set to zero on the way in.</summary>
    NegativeDuration = 8,

    /// <summary>At least one value was longer than the limit and has been cut.</summary>
    Truncated = 16,
}
