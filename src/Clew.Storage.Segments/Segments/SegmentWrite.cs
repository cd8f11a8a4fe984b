using Clew.Model;

namespace Clew.Storage.Segments.Segments;

/// <summary>What is said of a segment that its spans do not say.</summary>
internal sealed record SegmentWrite
{
    /// <inheritdoc cref="SegmentInfo.Number"/>
    public required long Number { get; init; }

    /// <inheritdoc cref="SegmentInfo.NewTraces"/>
    public required int NewTraces { get; init; }

    /// <inheritdoc cref="SegmentInfo.Arrival"/>
    public required TimeRange Arrival { get; init; }

    /// <inheritdoc cref="SegmentInfo.WalReplayFrom"/>
    public required long WalReplayFrom { get; init; }

    /// <inheritdoc cref="SegmentInfo.Replaces"/>
    public IReadOnlyList<long> Replaces { get; init; } = [];

    /// <summary>Further sections; their numbers differ.</summary>
    public IReadOnlyList<ISegmentExtra> Extras { get; init; } = [];
}
