using Clew.Model;

namespace Clew.Query;

/// <summary>Computes the summary of a trace from its spans.</summary>
public static class TraceSummarizer
{
    /// <summary>
    /// The root is the earliest span without a parent (ties by span id), or the earliest span when every one names a parent. Spans without a time count everywhere
    /// except in start and duration.
    /// </summary>
    public static TraceSummary Summarize(Trace trace)
    {
        IReadOnlyList<Span> spans = trace.Spans;
        Span root = spans.Where(static span => span.ParentSpanId.IsZero).Min(RootOrder.Instance) ?? spans.Min(RootOrder.Instance)!;
        HashSet<SpanId> ids = [.. spans.Select(static span => span.SpanId)];
        (long startNs, long endNs) = Bounds(spans);
        return new TraceSummary
        {
            TraceId = trace.Id,
            RootServiceName = root.ServiceName,
            RootName = root.Name,
            StartNs = startNs,
            DurationNs = endNs - startNs,
            SpanCount = spans.Count,
            ErrorCount = spans.Count(static span => span.IsError),
            OrphanCount = spans.Count(span => !span.ParentSpanId.IsZero && !ids.Contains(span.ParentSpanId)),
            Services = new EquatableList<ServiceSummary>(
            [
                .. spans.GroupBy(static span => span.ServiceName)
                    .Select(static group => new ServiceSummary(group.Key, group.Count(), group.Count(static span => span.IsError)))
                    .OrderBy(static service => service.Name, StringComparer.Ordinal),
            ]),
        };
    }

    private static (long StartNs, long EndNs) Bounds(IReadOnlyList<Span> spans)
    {
        long startNs = long.MaxValue;
        long endNs = long.MinValue;
        bool timed = false;
        foreach (Span span in spans)
        {
            if (span.StartNs == 0)
                continue;
            timed = true;
            startNs = Math.Min(startNs, span.StartNs);
            endNs = Math.Max(endNs, span.EndNs);
        }
        return timed ? (startNs, endNs) : (0, 0);
    }
}
