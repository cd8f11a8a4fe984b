using Clew.Model;

namespace Clew.Query;

/// <summary>The time rules of <see cref="TraceQuery"/>, for spans and for whole traces, whatever order the spans stand in.</summary>
public static class TraceTime
{
    /// <summary>
    /// Whether a span counts as in the range: it starts there. A span without a time (<see cref="Span.StartNs"/> 0) is only in
    /// <see cref="TimeRange.All"/>.
    /// </summary>
    public static bool Contains(TimeRange range, long startNs) =>
        startNs == 0 ? range == TimeRange.All : range.Contains(startNs);

    /// <summary>The start that orders results: of the earliest span that has a time; 0 when none has.</summary>
    public static long StartNs(IReadOnlyList<Span> spans)
    {
        long startNs = 0;
        foreach (Span span in spans)
            startNs = Earlier(startNs, span.StartNs);
        return startNs;
    }

    /// <summary>The time of <see cref="TimeRangeTarget.TraceTime"/>; 0 when no span has a time.</summary>
    public static long ZipkinTimeNs(IReadOnlyList<Span> spans)
    {
        long rootNs = 0;
        foreach (Span span in spans)
        {
            if (span.ParentSpanId.IsZero)
                rootNs = Earlier(rootNs, span.StartNs);
        }
        return rootNs != 0 ? rootNs : StartNs(spans);
    }

    /// <summary>The earlier of two starts, 0 standing for "no time".</summary>
    public static long Earlier(long left, long right) =>
        left == 0 ? right : right == 0 ? left : Math.Min(left, right);
}
