using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Analytics;

/// <summary>When the earliest and the latest span of a trace start, over all of its parts; both 0 while none has a time.</summary>
internal struct JointStarts
{
    public long EarliestNs;
    public long LatestNs;

    public readonly bool HasTime => EarliestNs != 0;

    public readonly long FirstMinute => HasTime ? MinuteNumber.Of(EarliestNs) : MinuteNumber.NoFirst;

    public readonly long LastMinute => HasTime ? MinuteNumber.Of(LatestNs) : MinuteNumber.NoLast;

    public readonly TimeRange Range => new(EarliestNs, LatestNs);

    /// <summary>Adds a span's start, or the earliest and latest of several; 0 is none.</summary>
    public void Add(long earliestNs, long latestNs)
    {
        if (earliestNs == 0)
            return;
        LatestNs = HasTime ? Math.Max(LatestNs, latestNs) : latestNs;
        EarliestNs = TraceTime.Earlier(EarliestNs, earliestNs);
    }
}
