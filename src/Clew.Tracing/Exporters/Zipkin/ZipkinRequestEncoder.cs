using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>A Zipkin v2 JSON list.</summary>
internal sealed class ZipkinRequestEncoder(ExportedResource resource) : IRequestEncoder
{
    private readonly PooledBuffer buffer = new();
    private readonly ZipkinSpanWriter writer = new(resource);

    public int SpanCount { get; private set; }

    public int LengthBytes => buffer.Length;

    public void Add(Activity span)
    {
        int start = buffer.Length;
        buffer.WriteByte(SpanCount == 0 ? (byte)'[' : (byte)',');
        try
        {
            writer.Write(buffer, span);
        }
        catch
        {
            buffer.Truncate(start);
            throw;
        }
        SpanCount++;
    }

    public PooledBuffer Finish()
    {
        buffer.WriteByte((byte)']');
        return buffer;
    }

    public void Reset()
    {
        buffer.Truncate(0);
        SpanCount = 0;
    }

    public void Dispose()
    {
        writer.Dispose();
        buffer.Dispose();
    }
}
