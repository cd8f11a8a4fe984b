namespace Clew.Server.Configuration;

/// <summary>Bounds of one question.</summary>
internal sealed record QueryOptions
{
    /// <summary>The largest number of results a search may ask for. Default 10,000.</summary>
    public int LimitMax { get; init; } = 10_000;
}
