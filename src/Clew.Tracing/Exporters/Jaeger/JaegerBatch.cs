using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>Jaeger's <c>Batch</c> around encoded spans.</summary>
internal static class JaegerBatch
{
    /// <summary>Its first field, the <c>Process</c>, once for all batches.</summary>
    public static void WriteStart<TProtocol>(PooledBuffer buffer, ExportedResource resource, TagText text) where TProtocol : struct, IThriftProtocol
    {
        Span<byte> to = buffer.Reserve((3 * Thrift.FieldBytesMax) + Utf8Text.BytesMax(resource.ServiceName));
        int at = TProtocol.Struct(to, 0, id: 1, after: 0);
        at = TProtocol.Text(to, at, id: 1, after: 0, resource.ServiceName);
        if (resource.Attributes.Length > 0)
            at = TProtocol.StructList(to, at, id: 2, after: 1, resource.Attributes.Length);
        buffer.Keep(at);
        foreach ((string key, TagValue value) in resource.Attributes)
            JaegerTags.Write<TProtocol>(buffer, key, value, text);
        buffer.WriteByte(Thrift.Stop);
    }

    /// <summary>The spans and the end of the batch.</summary>
    public static void WriteSpans<TProtocol>(PooledBuffer buffer, int count, ReadOnlySpan<byte> spans) where TProtocol : struct, IThriftProtocol
    {
        buffer.Keep(TProtocol.StructList(buffer.Reserve(Thrift.FieldBytesMax), 0, id: 2, after: 1, count));
        buffer.Write(spans);
        buffer.WriteByte(Thrift.Stop);
    }
}
