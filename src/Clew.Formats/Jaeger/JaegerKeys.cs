namespace Clew.Formats.Jaeger;

/// <summary>
/// Tag and field names with a meaning in Jaeger's model: OpenTracing's conventions, and those by which OpenTelemetry carries what Jaeger
/// has no field for (OpenTelemetry specification, "Transformation to Jaeger").
/// </summary>
internal static class JaegerKeys
{
    public const string SpanKind = "span.kind";
    public const string Error = "error";
    public const string StatusCode = "otel.status_code";
    public const string StatusDescription = "otel.status_description";
    public const string StatusError = "ERROR";
    public const string StatusOk = "OK";
    public const string TraceState = "w3c.tracestate";
    public const string ScopeName = "otel.scope.name";
    public const string ScopeVersion = "otel.scope.version";

    /// <summary>The log field that names what happened.</summary>
    public const string Event = "event";

    public const string ChildOf = "child_of";
    public const string FollowsFrom = "follows_from";

    public const string Ip = "ip";
    public const string PeerIpv4 = "peer.ipv4";
    public const string PeerIpv6 = "peer.ipv6";
    public const string PeerPort = "peer.port";
}
