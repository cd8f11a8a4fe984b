using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What analytics put into a segment beside its spans.</summary>
internal static class SegmentAnalytics
{
    /// <summary>The sections of a segment that a head is sealed into.</summary>
    /// <param name="head">The head, which no longer grows.</param>
    /// <param name="older">All tables that were sealed before it.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IReadOnlyList<ISegmentExtra> OfHead(AnalyticsTable head, IEnumerable<AnalyticsTable> older, CancellationToken cancellation)
    {
        var sections = new List<ISegmentExtra> { MinutesOf([head], cancellation) };
        try
        {
            var tables = new EdgeTables([.. older, head]);
            sections.Add(new EdgeSection(tables.ContributionOf(tables.PlaceOf(head.Memory), cancellation)));
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            // Another segment cannot be read. That must not keep this one from being written: its contribution is computed when it is asked for.
        }
        return sections;
    }

    /// <summary>The sections of a segment that others are merged to.</summary>
    /// <param name="inputs">The others.</param>
    /// <param name="all">All segments there are, the inputs among them.</param>
    /// <param name="number">The number of what they are merged to.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SegmentFormatException">A segment is damaged.</exception>
    public static IReadOnlyList<ISegmentExtra> OfMerged(IReadOnlyList<AnalyticsTable> inputs, IEnumerable<AnalyticsTable> all, long number, CancellationToken cancellation) =>
        [MinutesOf(inputs, cancellation), new EdgeSection(Sum(inputs, new EdgeTables(all), number, cancellation))];

    private static MinuteSection MinutesOf(IReadOnlyList<AnalyticsTable> tables, CancellationToken cancellation) =>
        MinuteParts.Read(tables, null, MinuteRange.All, parts => new MinuteSection(parts, cancellation), cancellation);

    private static EdgeContribution Sum(IReadOnlyList<AnalyticsTable> inputs, EdgeTables all, long number, CancellationToken cancellation)
    {
        var sum = new EdgeLedger();
        var needs = new HashSet<long>();
        var own = new HashSet<long> { number };
        SealedNumbers? sealedNumbers = null;
        foreach (AnalyticsTable input in inputs)
        {
            int place = all.PlaceOf(input.Memory);
            EdgeContribution contribution = all.ContributionOf(place, cancellation);
            sum.Add(contribution);
            needs.UnionWith(contribution.Needs);
            own.Add(input.Memory.Number);
            own.UnionWith(input.Memory.Replaces);
            sealedNumbers = sealedNumbers?.With(contribution.Sealed) ?? contribution.Sealed;
        }
        needs.ExceptWith(own);
        return sum.ToContribution(sealedNumbers!.Value, needs);
    }
}
