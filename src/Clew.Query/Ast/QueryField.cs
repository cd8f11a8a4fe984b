namespace Clew.Query;

/// <summary>What a condition looks at.</summary>
public abstract record QueryField
{
    private protected QueryField()
    {
    }

    /// <summary>A fixed field of the span or its trace.</summary>
    public sealed record Intrinsic(IntrinsicField Field) : QueryField;

    /// <summary>An attribute by its key.</summary>
    public sealed record Attribute(AttributeScope Scope, string Key) : QueryField;

    public static QueryField Service { get; } = new Intrinsic(IntrinsicField.ServiceName);

    public static QueryField Name { get; } = new Intrinsic(IntrinsicField.Name);

    public static QueryField Duration { get; } = new Intrinsic(IntrinsicField.DurationNs);
}

/// <summary>Fixed fields. Kind and status compare by their lower-case words: <c>server</c>, <c>error</c>, …</summary>
public enum IntrinsicField
{
    /// <summary><see cref="Model.Span.ServiceName"/>, string; never absent.</summary>
    ServiceName,

    /// <summary><see cref="Model.Span.RemoteServiceName"/>, string; absent when not known.</summary>
    RemoteServiceName,

    /// <summary>Span name, string; never absent, possibly empty.</summary>
    Name,

    /// <summary><c>unspecified internal server client producer consumer</c>.</summary>
    Kind,

    /// <summary><c>unset ok error</c>.</summary>
    Status,

    /// <summary>String; absent when empty.</summary>
    StatusMessage,

    /// <summary>Int64 nanoseconds; never absent, 0 when not known.</summary>
    DurationNs,

    /// <summary>Int64 Unix nanoseconds; absent when the span has no time.</summary>
    StartNs,

    /// <summary>16 hex digits.</summary>
    SpanId,

    /// <summary>16 hex digits; absent for a root.</summary>
    ParentSpanId,

    /// <summary>32 hex digits.</summary>
    TraceId,

    /// <summary>String; absent when empty.</summary>
    ScopeName,

    /// <summary>String; absent when empty.</summary>
    ScopeVersion,

    /// <summary>Names of the span's events: several values.</summary>
    EventName,

    /// <summary>32 hex digits of each link.</summary>
    LinkTraceId,

    /// <summary>16 hex digits of each link.</summary>
    LinkSpanId,

    /// <summary><see cref="Model.TraceSummary.DurationNs"/> of the whole trace, whatever the time range: int64 nanoseconds.</summary>
    TraceDurationNs,

    /// <summary>Name of the trace's root span, string; see <see cref="Model.TraceSummary.RootName"/>.</summary>
    RootName,

    /// <summary>Service of the trace's root span, string.</summary>
    RootServiceName,

    /// <summary>A boolean: the span has no parent id.</summary>
    IsRoot,
}

/// <summary>
/// Where an attribute is looked for. The span's own attributes also answer for <see cref="Model.AttributeKeys.PeerService"/> with
/// the service name of the remote endpoint when the span has no such attribute, so that the other side of a Zipkin span is found
/// by the key every other sender uses.
/// </summary>
public enum AttributeScope
{
    /// <summary>Span, resource, scope, events and links: all values found.</summary>
    Any,
    Span,
    Resource,
    Scope,
    Event,
    Link,

    /// <summary>TraceQL's unscoped <c>.key</c>: the span's attribute, or the resource's where the span has none under this key.</summary>
    SpanThenResource,
}
