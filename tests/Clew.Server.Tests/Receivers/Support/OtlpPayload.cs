using System.Buffers;
using System.Text;
using Clew.Server.Receivers;

namespace Clew.Server.Tests.Receivers.Support;

/// <summary>Small OTLP requests made by hand.</summary>
internal static class OtlpPayload
{
    /// <summary>A protobuf request with one span for each pair of ids given (high half of the trace id 0).</summary>
    public static byte[] Protobuf(params (ulong TraceIdLow, ulong SpanId)[] spans)
    {
        var scopeSpans = new ArrayBufferWriter<byte>();
        foreach ((ulong traceId, ulong spanId) in spans)
        {
            var span = new ArrayBufferWriter<byte>();
            span.WriteMessage(1, [0, 0, 0, 0, 0, 0, 0, 0, .. BigEndian(traceId)]);
            span.WriteMessage(2, BigEndian(spanId));
            span.WriteString(5, "made by hand");
            scopeSpans.WriteMessage(2, span.WrittenSpan);
        }
        var resourceSpans = new ArrayBufferWriter<byte>();
        resourceSpans.WriteMessage(2, scopeSpans.WrittenSpan);
        var request = new ArrayBufferWriter<byte>();
        request.WriteMessage(1, resourceSpans.WrittenSpan);
        return request.WrittenSpan.ToArray();
    }

    /// <summary>The same in JSON.</summary>
    public static byte[] Json(params (ulong TraceIdLow, ulong SpanId)[] spans) => Encoding.UTF8.GetBytes(
        $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans.Select(span => $$"""{"traceId":"{{span.TraceIdLow:x32}}","spanId":"{{span.SpanId:x16}}","name":"made by hand"}"""))}}]}]}]}""");

    /// <summary>A request whose one span has an attribute of lists within lists.</summary>
    public static byte[] DeepProtobuf(int depth)
    {
        byte[] value = [];
        for (int i = 0; i < depth; i++)
        {
            var array = new ArrayBufferWriter<byte>();
            array.WriteMessage(1, value);
            var any = new ArrayBufferWriter<byte>();
            any.WriteMessage(5, array.WrittenSpan);
            value = any.WrittenSpan.ToArray();
        }
        foreach (int field in (int[])[2, 9, 2, 2, 1])
        {
            // AnyValue in KeyValue in Span.attributes in ScopeSpans in ResourceSpans in the request.
            var outer = new ArrayBufferWriter<byte>();
            outer.WriteMessage(field, value);
            value = outer.WrittenSpan.ToArray();
        }
        return value;
    }

    private static byte[] BigEndian(ulong value)
    {
        byte[] bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }
}
