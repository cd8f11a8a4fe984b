using Clew.Model;

namespace Clew.Query;

/// <summary>
/// What Jaeger mends in a trace when it is asked for, in Jaeger's order: shared span ids, order of attributes, identical spans,
/// clocks, addresses, empty links. What could not be mended, or was, stands in the warnings of the span.
/// </summary>
public static class TraceAdjuster
{
    /// <param name="trace">As stored; it is not changed.</param>
    /// <param name="clockSkewMaxNs">The largest shift of a span made for a wrong clock; 0: none, but they are warned of.</param>
    public static Trace Adjust(Trace trace, long clockSkewMaxNs)
    {
        trace = SharedSpanSplitter.Split(trace);
        var sorter = new AttributeSorter();
        var seen = new HashSet<Span>(trace.Spans.Count);
        var spans = new List<Span>(trace.Spans.Count);
        foreach (Span span in trace.Spans)
        {
            Span sorted = sorter.Sort(span);
            // Sent twice: a client that got no answer sends again.
            if (seen.Add(sorted))
                spans.Add(sorted);
        }
        new ClockSkewAdjuster(spans, clockSkewMaxNs).Adjust();
        for (int i = 0; i < spans.Count; i++)
            spans[i] = EmptyLinks.Remove(AddressTags.Mend(spans[i]));
        return new Trace(trace.Id, spans);
    }
}
