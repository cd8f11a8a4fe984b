using Clew.Model;

namespace Clew.Storage;

/// <summary>The distinct spans one batch brings of one trace, with their approximate size.</summary>
internal sealed record TraceGroup(TraceId TraceId, List<Span> Spans, long Bytes)
{
    public static List<TraceGroup> Of(SpanBatch batch)
    {
        IEnumerable<IGrouping<TraceId, Span>> traces = SpanReader.ReadAll(batch).Distinct().GroupBy(span => span.TraceId);
        return [.. traces.Select(spans => new TraceGroup(spans.Key, [.. spans], SpanBytes.OfTrace(spans)))];
    }
}
