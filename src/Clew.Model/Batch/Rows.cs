namespace Clew.Model;

/// <summary>A span on the write side. Indexes into the other tables use 0 for "none": row 0 of each is an empty row.</summary>
public struct SpanRow
{
    public TraceId TraceId;
    public SpanId SpanId;
    public SpanId ParentSpanId;
    public long StartNs;
    public long DurationNs;
    public Utf8Slice Name;
    public Utf8Slice TraceState;
    public Utf8Slice StatusMessage;

    /// <summary>In <see cref="SpanBatch.SpanAttributes"/>.</summary>
    public RowRange Attributes;

    public RowRange Events;
    public RowRange Links;
    public int Resource;
    public int Scope;
    public int LocalEndpoint;
    public int RemoteEndpoint;
    public uint Flags;
    public uint DroppedAttributesCount;
    public uint DroppedEventsCount;
    public uint DroppedLinksCount;
    public SpanKind Kind;
    public StatusCode Status;
    public SpanTraits Traits;
}

/// <summary>An event on the write side; its attributes stand in <see cref="SpanBatch.OtherAttributes"/>.</summary>
public struct EventRow
{
    public long TimeNs;
    public Utf8Slice Name;
    public RowRange Attributes;
    public uint DroppedAttributesCount;
}

/// <summary>A link on the write side; its attributes stand in <see cref="SpanBatch.OtherAttributes"/>.</summary>
public struct LinkRow
{
    public TraceId TraceId;
    public SpanId SpanId;
    public Utf8Slice TraceState;
    public RowRange Attributes;
    public uint DroppedAttributesCount;
    public uint Flags;
}

/// <summary>A resource on the write side; its attributes stand in <see cref="SpanBatch.OtherAttributes"/>.</summary>
public struct ResourceRow
{
    public RowRange Attributes;
    public Utf8Slice SchemaUrl;
    public uint DroppedAttributesCount;
}

/// <summary>An instrumentation scope on the write side; its attributes stand in <see cref="SpanBatch.OtherAttributes"/>.</summary>
public struct ScopeRow
{
    public Utf8Slice Name;
    public Utf8Slice Version;
    public RowRange Attributes;
    public Utf8Slice SchemaUrl;
    public uint DroppedAttributesCount;
}

/// <summary>A Zipkin endpoint on the write side. Addresses are the 4 or 16 network-order bytes; empty when absent.</summary>
public struct EndpointRow
{
    public Utf8Slice ServiceName;
    public Utf8Slice Ipv4;
    public Utf8Slice Ipv6;
    public ushort Port;
}
