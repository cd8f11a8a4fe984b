namespace Clew.Formats.Jaeger;

/// <summary>Asks for one trace (<c>GetTraceRequest</c>).</summary>
/// <param name="TraceId">16 or 8 bytes in api_v2, text in api_v3; unchecked.</param>
/// <param name="Raw">Spans as stored.</param>
public sealed record JaegerTraceRequest(byte[] TraceId, bool Raw);

/// <summary>Asks for traces (<c>TraceQueryParameters</c>). Times are Unix nanoseconds, null when not given.</summary>
public sealed record JaegerSearchRequest
{
    public string Service { get; internal set; } = "";

    public string Operation { get; internal set; } = "";

    public Dictionary<string, string> Tags { get; } = [];

    public long? StartMinNs { get; internal set; }

    public long? StartMaxNs { get; internal set; }

    public long? DurationMinNs { get; internal set; }

    public long? DurationMaxNs { get; internal set; }

    /// <summary>0 when not given.</summary>
    public int Depth { get; internal set; }

    /// <summary>Spans as stored.</summary>
    public bool Raw { get; internal set; }

    /// <summary>A structured filter (api_v3); null when none was sent.</summary>
    public JaegerExpression.Call? Filter { get; internal set; }
}

/// <summary>Asks for the operations of a service (<c>GetOperationsRequest</c>); an empty kind means all.</summary>
public sealed record JaegerOperationsRequest(string Service, string SpanKind);

/// <summary>Asks who calls whom (<c>GetDependenciesRequest</c>). Unix nanoseconds, null when not given.</summary>
public sealed record JaegerDependenciesRequest(long? StartNs, long? EndNs);
