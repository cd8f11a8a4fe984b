using Clew.Model;

namespace Clew.Server.Configuration;

/// <summary>What one request and one span may be at most. A larger request is refused; of a larger span the excess is cut, marked and counted.</summary>
internal sealed record LimitOptions
{
    /// <summary>Bytes of a request as received, possibly compressed. Default 16 MiB.</summary>
    public int RequestBytesMax { get; init; } = 16 << 20;

    /// <summary>Bytes of a request after decompression. Default 64 MiB.</summary>
    public int RequestBytesDecompressedMax { get; init; } = 64 << 20;

    /// <summary>Attributes of one span, event or link. Default 1,024 (SDKs stop at 128).</summary>
    public int AttributesPerSpanMax { get; init; } = 1024;

    /// <summary>Events of one span. Default 10,000: a streaming call can write one a message.</summary>
    public int EventsPerSpanMax { get; init; } = 10_000;

    /// <summary>Links of one span. Default 10,000: a consumer span can link to each message of its batch.</summary>
    public int LinksPerSpanMax { get; init; } = 10_000;

    /// <summary>Bytes of one attribute value. Default 1 MiB.</summary>
    public int ValueBytesMax { get; init; } = 1 << 20;

    /// <summary>Bytes of one name: span, event, service, scope, attribute key. Default 4 KiB.</summary>
    public int NameBytesMax { get; init; } = 4 << 10;

    /// <summary>Rows a request may unfold to in memory.</summary>
    public SpanBatchLimits Batch { get; init; } = SpanBatchLimits.Default;
}
