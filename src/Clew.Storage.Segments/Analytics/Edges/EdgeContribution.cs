using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// What a table adds to the edges of those that were sealed before it: for each of its traces the edges of the trace over all of these tables and this one, less its edges
/// without this one. Summed over all tables it is the edges of whole traces, wherever their spans are; a sum over neighbours is the contribution of what they are
/// merged to. Immutable.
/// </summary>
internal sealed class EdgeContribution
{
    private readonly EdgeEntry[]? entries;
    private readonly Func<EdgeEntry[]>? readEntries;

    public EdgeContribution(SealedNumbers sealedNumbers, long[] needs, string[] services, EdgeSum[] sums, TimeRange starts, EdgeEntry[] entries)
        : this(sealedNumbers, needs, services, sums, starts, entries.Length > 0 && !entries[^1].HasTime) => this.entries = entries;

    /// <summary>One whose entries are read when they are asked for: most ranges need only the sums of most segments.</summary>
    public EdgeContribution(SealedNumbers sealedNumbers, long[] needs, string[] services, EdgeSum[] sums, TimeRange starts, bool hasUntimed, Func<EdgeEntry[]> readEntries)
        : this(sealedNumbers, needs, services, sums, starts, hasUntimed) => this.readEntries = readEntries;

    private EdgeContribution(SealedNumbers sealedNumbers, long[] needs, string[] services, EdgeSum[] sums, TimeRange starts, bool hasUntimed)
    {
        Sealed = sealedNumbers;
        Needs = needs;
        Services = services;
        Sums = sums;
        Starts = starts;
        HasUntimed = hasUntimed;
    }

    public SealedNumbers Sealed { get; }

    /// <summary>
    /// The tables that hold other parts of its traces, each by the number of the first head in it, ascending. While they are there, in whatever segment, the contribution is right.
    /// </summary>
    public long[] Needs { get; }

    public string[] Services { get; }

    public EdgeSum[] Sums { get; }

    /// <summary>When the earliest and the latest span of its traces start, of those that have a time; the wrong way round when none has.</summary>
    public TimeRange Starts { get; }

    /// <summary>Whether there are calls in traces none of whose spans has a time.</summary>
    public bool HasUntimed { get; }

    /// <exception cref="SegmentFormatException">They are damaged.</exception>
    public EdgeEntry[] ReadEntries() => entries ?? readEntries!();
}
