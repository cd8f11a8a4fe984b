using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>A bare <c>Batch</c> in the binary protocol, as Jaeger's collector takes it over HTTP.</summary>
internal sealed class JaegerRequestEncoder : IRequestEncoder
{
    private readonly PooledBuffer buffer = new();
    private readonly JaegerSpans<ThriftBinaryWriter> spans = new(static buffer => new ThriftBinaryWriter(buffer));
    private readonly ThriftBinaryWriter writer;
    private readonly int startLength;

    public JaegerRequestEncoder(ExportedResource resource)
    {
        using var text = new TagText();
        writer = new ThriftBinaryWriter(buffer);
        JaegerBatch.WriteStart(ref writer, resource, text);
        startLength = buffer.Length;
    }

    public int SpanCount => spans.Count;

    public int LengthBytes => spans.Buffer.Length;

    public void Add(Activity span) => spans.Add(span);

    public ReadOnlySpan<byte> Finish()
    {
        buffer.Truncate(startLength);
        JaegerBatch.WriteSpans(writer, buffer, spans.Count, spans.Buffer.Written);
        return buffer.Written;
    }

    public void Reset() => spans.Clear();

    public void Dispose()
    {
        spans.Dispose();
        buffer.Dispose();
    }
}
