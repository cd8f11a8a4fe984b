namespace Clew.Formats.Zipkin;

internal enum ZipkinSpanField : byte
{
    Unknown,
    TraceId,
    ParentId,
    Id,
    Kind,
    Name,
    Timestamp,
    Duration,
    LocalEndpoint,
    RemoteEndpoint,
    Annotations,
    Tags,
    Debug,
    Shared,

    /// <summary>Of v1: tells the older format from this one.</summary>
    BinaryAnnotations,
}

internal enum ZipkinAnnotationField : byte
{
    Unknown,
    Timestamp,
    Value,

    /// <summary>Of v1.</summary>
    Endpoint,

    /// <summary>Of v1's binary annotations.</summary>
    Key,
}

internal enum ZipkinEndpointField : byte
{
    Unknown,
    ServiceName,

    /// <summary><c>ipv4</c> or <c>ipv6</c>: which of the two an address is shows in its text.</summary>
    Address,
    Port,
}

/// <summary>Property names of Zipkin JSON, both versions, told apart by length first.</summary>
internal static class ZipkinFieldNames
{
    public static ZipkinSpanField SpanField(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => ZipkinSpanField.Id,
        4 when name.SequenceEqual("name"u8) => ZipkinSpanField.Name,
        4 when name.SequenceEqual("kind"u8) => ZipkinSpanField.Kind,
        4 when name.SequenceEqual("tags"u8) => ZipkinSpanField.Tags,
        5 when name.SequenceEqual("debug"u8) => ZipkinSpanField.Debug,
        6 when name.SequenceEqual("shared"u8) => ZipkinSpanField.Shared,
        7 when name.SequenceEqual("traceId"u8) => ZipkinSpanField.TraceId,
        8 when name.SequenceEqual("parentId"u8) => ZipkinSpanField.ParentId,
        8 when name.SequenceEqual("duration"u8) => ZipkinSpanField.Duration,
        9 when name.SequenceEqual("timestamp"u8) => ZipkinSpanField.Timestamp,
        11 when name.SequenceEqual("annotations"u8) => ZipkinSpanField.Annotations,
        13 when name.SequenceEqual("localEndpoint"u8) => ZipkinSpanField.LocalEndpoint,
        14 when name.SequenceEqual("remoteEndpoint"u8) => ZipkinSpanField.RemoteEndpoint,
        17 when name.SequenceEqual("binaryAnnotations"u8) => ZipkinSpanField.BinaryAnnotations,
        _ => ZipkinSpanField.Unknown,
    };

    public static ZipkinAnnotationField AnnotationField(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("value"u8) => ZipkinAnnotationField.Value,
        9 when name.SequenceEqual("timestamp"u8) => ZipkinAnnotationField.Timestamp,
        3 when name.SequenceEqual("key"u8) => ZipkinAnnotationField.Key,
        8 when name.SequenceEqual("endpoint"u8) => ZipkinAnnotationField.Endpoint,
        _ => ZipkinAnnotationField.Unknown,
    };

    public static ZipkinEndpointField EndpointField(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("ipv4"u8) || name.SequenceEqual("ipv6"u8) => ZipkinEndpointField.Address,
        4 when name.SequenceEqual("port"u8) => ZipkinEndpointField.Port,
        11 when name.SequenceEqual("serviceName"u8) => ZipkinEndpointField.ServiceName,
        _ => ZipkinEndpointField.Unknown,
    };
}
