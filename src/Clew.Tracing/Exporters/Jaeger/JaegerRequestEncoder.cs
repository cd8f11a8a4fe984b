using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>A bare <c>Batch</c> in the binary protocol, as Jaeger's collector takes it over HTTP.</summary>
internal sealed class JaegerRequestEncoder : IRequestEncoder
{
    private readonly PooledBuffer buffer = new();
    private readonly JaegerSpans<ThriftBinary> spans = new();
    private readonly byte[] start;

    public JaegerRequestEncoder(ExportedResource resource)
    {
        using var text = new TagText();
        JaegerBatch.WriteStart<ThriftBinary>(buffer, resource, text);
        start = buffer.Written.ToArray();
    }

    public int SpanCount => spans.Count;

    public int LengthBytes => spans.Buffer.Length;

    public void Add(Activity span) => spans.Add(span);

    public PooledBuffer Finish()
    {
        buffer.Truncate(0);
        buffer.Write(start);
        JaegerBatch.WriteSpans<ThriftBinary>(buffer, spans.Count, spans.Buffer.Written);
        return buffer;
    }

    public void Reset() => spans.Clear();

    public void Dispose()
    {
        spans.Dispose();
        buffer.Dispose();
    }
}
