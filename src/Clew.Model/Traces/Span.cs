namespace Clew.Model;

/// <summary>
/// One operation of one service: everything any input format carries. Immutable, made only for what a query returns.
/// Times are Unix nanoseconds; 0 in <see cref="StartNs"/> means the sender gave no time (Zipkin allows that).
/// (trace id, span id) is not unique: Zipkin's shared spans and duplicates exist.
/// </summary>
public sealed record Span
{
    public required TraceId TraceId { get; init; }

    public required SpanId SpanId { get; init; }

    /// <summary>Zero for a root.</summary>
    public SpanId ParentSpanId { get; init; }

    public string Name { get; init; } = "";

    public SpanKind Kind { get; init; }

    public long StartNs { get; init; }

    /// <summary>0 also stands for "not known" (Zipkin leaves it out then).</summary>
    public long DurationNs { get; init; }

    public long EndNs => StartNs + DurationNs;

    public StatusCode Status { get; init; }

    public string StatusMessage { get; init; } = "";

    /// <summary>The W3C tracestate header as received.</summary>
    public string TraceState { get; init; } = "";

    /// <summary>OTLP's span flags: bits 0-7 W3C trace flags, bit 8 and 9 whether the parent is remote.</summary>
    public uint Flags { get; init; }

    public SpanTraits Traits { get; init; }

    public Resource Resource { get; init; } = Resource.None;

    public Scope Scope { get; init; } = Scope.None;

    public AttributeList Attributes { get; init; } = AttributeList.None;

    public EquatableList<SpanEvent> Events { get; init; } = EquatableList<SpanEvent>.None;

    public EquatableList<SpanLink> Links { get; init; } = EquatableList<SpanLink>.None;

    public uint DroppedAttributesCount { get; init; }

    public uint DroppedEventsCount { get; init; }

    public uint DroppedLinksCount { get; init; }

    /// <summary>Zipkin's local endpoint; its service name also stands in the resource.</summary>
    public Endpoint? LocalEndpoint { get; init; }

    /// <summary>Zipkin's remote endpoint: the other side of the call.</summary>
    public Endpoint? RemoteEndpoint { get; init; }

    /// <summary>The service that recorded the span; <see cref="AttributeKeys.UnknownService"/> when the sender named none.</summary>
    public string ServiceName => Resource.ServiceName ?? AttributeKeys.UnknownService;

    /// <summary>The service on the other side, from the remote endpoint or <c>peer.service</c>; null when not known.</summary>
    public string? RemoteServiceName => RemoteEndpoint?.ServiceName ?? Attributes.TextOf(AttributeKeys.PeerService);

    public bool IsError => Status == StatusCode.Error;
}
