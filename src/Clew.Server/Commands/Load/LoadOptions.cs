using Clew.Server.Commands.Sending;

namespace Clew.Server.Commands.Load;

/// <summary>What traffic to make.</summary>
internal sealed record LoadOptions
{
    public required SpanProtocol Protocol { get; init; }

    public required Uri Endpoint { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Send the same encoded bodies again and again instead of making new traces.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Spans a second; null as fast as the receiver answers.</summary>
    public double? Rate { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Stop when at least this many spans have been sent; null until the duration is over or the run is interrupted.</summary>
    public long? SpansMax { get; init; }

    public int Connections { get; init; } = 4;

    /// <summary>Spans of a request. Traces are not taken apart, so requests are a little larger.</summary>
    public int BatchSpans { get; init; } = 512;

    /// <summary>Bodies prepared for <see cref="IsReplay"/>.</summary>
    public int Bodies { get; init; } = 64;

    public bool IsGzip { get; init; }

    public int Services { get; init; } = 20;

    public bool Retry { get; init; }

    /// <summary>Where to write what was acknowledged; null nowhere.</summary>
    public string? AcknowledgedFile { get; init; }

    /// <summary>Bodies that replay rewrites: compressed ones and other formats are sent as they are.</summary>
    public bool CanRewrite => !IsGzip && Protocol.Kind is (SpanProtocolKind.OtlpGrpc or SpanProtocolKind.OtlpHttp);
}
