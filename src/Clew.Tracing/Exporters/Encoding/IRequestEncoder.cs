using System.Diagnostics;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>Builds one request of many spans. Not thread-safe.</summary>
internal interface IRequestEncoder : IDisposable
{
    /// <summary>Spans added since the last <see cref="Reset"/>.</summary>
    int SpanCount { get; }

    /// <summary>Bytes of those spans.</summary>
    int LengthBytes { get; }

    /// <summary>Appends a span, or throws what reading one of its values threw and is as before.</summary>
    void Add(Activity span);

    /// <summary>The finished request, in the encoder's own buffer until the next call; <see cref="PooledBuffer.Detach"/> takes it away without a copy.</summary>
    PooledBuffer Finish();

    void Reset();
}
