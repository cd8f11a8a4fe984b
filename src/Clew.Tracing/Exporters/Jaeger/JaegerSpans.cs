using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// Encoded <c>Span</c> structs in a row. In both protocols a struct's bytes do not depend on where it stands, so spans are encoded, and
/// measured, before it is known which batch they are sent in.
/// </summary>
internal sealed class JaegerSpans<TProtocol> : IDisposable where TProtocol : struct, IThriftProtocol
{
    private readonly TagText text = new();

    public PooledBuffer Buffer { get; } = new();

    public int Count { get; private set; }

    /// <summary>Appends a span, or throws what reading one of its values threw and is as before.</summary>
    public void Add(Activity span)
    {
        int start = Buffer.Length;
        try
        {
            JaegerSpanWriter.Write<TProtocol>(Buffer, span, text);
        }
        catch
        {
            Buffer.Truncate(start);
            throw;
        }
        Count++;
    }

    /// <summary>Forgets all spans.</summary>
    public void Clear()
    {
        Buffer.Truncate(0);
        Count = 0;
    }

    /// <summary>Forgets the last span, which began at <paramref name="start"/>.</summary>
    public void RemoveLast(int start)
    {
        Buffer.Truncate(start);
        Count--;
    }

    /// <summary>Forgets all but the last span, which began at <paramref name="start"/>.</summary>
    public void KeepLast(int start)
    {
        Buffer.DropFront(start);
        Count = 1;
    }

    public void Dispose()
    {
        text.Dispose();
        Buffer.Dispose();
    }
}
