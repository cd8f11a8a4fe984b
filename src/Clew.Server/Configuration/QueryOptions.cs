namespace Clew.Server.Configuration;

/// <summary>Bounds of one question.</summary>
internal sealed record QueryOptions
{
    /// <summary>The largest number of results a search may ask for. Default 10,000.</summary>
    public int LimitMax { get; init; } = 10_000;

    /// <summary>Milliseconds that Jaeger's API moves a span at most to make up for a wrong clock; 0 only warns. Default 0, as Jaeger.</summary>
    public int ClockSkewAdjustMaxMs { get; init; }

    /// <summary>Milliseconds that a streamed gRPC answer waits for a reader that takes nothing; then its call is cut off. Default 1 minute.</summary>
    public int StallMaxMs { get; init; } = 60_000;
}
