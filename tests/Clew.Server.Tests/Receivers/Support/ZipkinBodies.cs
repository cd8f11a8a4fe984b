namespace Clew.Server.Tests.Receivers.Support;

/// <summary>The span 2 "get" of trace 1 in each of Zipkin's encodings.</summary>
internal static class ZipkinBodies
{
    public static byte[] OneSpanV2 => """[{"traceId":"1","id":"2","name":"get","tags":{}}]"""u8.ToArray();

    public static byte[] OneSpanV1 => """[{"traceId":"1","id":"2","name":"get","binaryAnnotations":[]}]"""u8.ToArray();

    public static byte[] OneSpanProto3 =>
        [0x0a, 25, 0x0a, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0x1a, 8, 0, 0, 0, 0, 0, 0, 0, 2, 0x2a, 3, .. "get"u8];

    public static byte[] OneSpanThrift =>
        [0x0c, 0, 0, 0, 1, 0x0a, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0x0b, 0, 3, 0, 0, 0, 3, .. "get"u8, 0x0a, 0, 4, 0, 0, 0, 0, 0, 0, 0, 2, 0];

    /// <summary>By the name of the format.</summary>
    public static byte[] OneSpan(string format) => format switch
    {
        "v2" => OneSpanV2,
        "v1" => OneSpanV1,
        "proto3" => OneSpanProto3,
        _ => OneSpanThrift,
    };
}
