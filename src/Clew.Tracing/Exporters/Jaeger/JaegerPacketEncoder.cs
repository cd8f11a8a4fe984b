using System.Diagnostics;
using Clew.Tracing.Exporters.Delivery;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>Takes a finished datagram.</summary>
internal delegate void PacketSink(ReadOnlySpan<byte> packet, int spanCount);

/// <summary>Calls of <c>Agent.emitBatch</c> in the compact protocol (jaeger-idl, agent.thrift), each within one datagram.</summary>
internal sealed class JaegerPacketEncoder : IRequestEncoder
{
    // Around the spans: the list's header (1 for the field, 1 for type and count, up to 5 for a long count), and the ends of batch and arguments.
    private const int EnvelopeBytesMax = 1 + 1 + 5 + 1 + 1;

    private readonly PooledBuffer buffer = new();
    private readonly JaegerSpans<ThriftCompact> spans = new();
    private readonly byte[] start;
    private readonly int spanBytesMax;

    public JaegerPacketEncoder(ExportedResource resource, int packetBytesMax)
    {
        using var text = new TagText();
        ThriftCompact.Message(buffer, "emitBatch"u8);
        // The batch is the one argument.
        buffer.Keep(ThriftCompact.Struct(buffer.Reserve(Thrift.FieldBytesMax), 0, id: 1, after: 0));
        JaegerBatch.WriteStart<ThriftCompact>(buffer, resource, text);
        start = buffer.Written.ToArray();
        spanBytesMax = packetBytesMax - start.Length - EnvelopeBytesMax;
    }

    public int SpanCount => spans.Count;

    public int LengthBytes => spans.Buffer.Length;

    public void Add(Activity span) => spans.Add(span);

    /// <summary>Adds a span; when it does not fit beside the others, those go to <paramref name="sink"/> first.</summary>
    /// <returns>Null, or why the span was left out.</returns>
    public string? TryAdd(Activity span, PacketSink sink)
    {
        int start = LengthBytes;
        if (SpanEncoding.TryAdd(this, span) is { } problem)
            return problem;
        if (LengthBytes <= spanBytesMax)
            return null;
        if (LengthBytes - start > spanBytesMax)
        {
            spans.RemoveLast(start);
            return DropReasons.TooLarge;
        }
        sink(Compose(SpanCount - 1, spans.Buffer.Written[..start]).Written, SpanCount - 1);
        spans.KeepLast(start);
        return null;
    }

    public PooledBuffer Finish() => Compose(SpanCount, spans.Buffer.Written);

    public void Reset() => spans.Clear();

    public void Dispose()
    {
        spans.Dispose();
        buffer.Dispose();
    }

    private PooledBuffer Compose(int count, ReadOnlySpan<byte> encoded)
    {
        buffer.Truncate(0);
        buffer.Write(start);
        JaegerBatch.WriteSpans<ThriftCompact>(buffer, count, encoded);
        // The end of the arguments.
        buffer.WriteByte(Thrift.Stop);
        return buffer;
    }
}
