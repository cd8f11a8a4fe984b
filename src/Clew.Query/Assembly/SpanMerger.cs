using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Turns what arrived into one object per span. A span can arrive in pieces (Zipkin reporters may send more than once), twice (a client that
/// retried), or as two halves under one id, of which only one says "shared". The rules are those of Zipkin's trace cleaning:
/// pieces of one id, one half and compatible hosts become one span, a server under a client's id is marked shared, a
/// shared span takes its missing parent from the client's half, and all spans get the 128-bit trace id if any has one.
/// </summary>
public static class SpanMerger
{
    // Pieces are tried against this many spans of the same id. Real ids have a handful; the bound keeps a hostile trace of one id linear.
    private const int CandidatesMax = 32;

    /// <summary>Merges the spans of one trace. The result is ordered by span id, the client's half first, and merging it again changes nothing.</summary>
    public static IReadOnlyList<Span> Merge(IReadOnlyList<Span> spans)
    {
        TraceId traceId = WidestTraceId(spans);
        Span[] ordered = [.. spans.OrderBy(static span => span.SpanId)];
        var merged = new List<Span>(ordered.Length);
        for (int start = 0; start < ordered.Length;)
        {
            int end = start + 1;
            while (end < ordered.Length && ordered[end].SpanId == ordered[start].SpanId)
                end++;
            Span[] sameId = [.. ordered.AsSpan(start, end - start)];
            for (int i = 0; i < sameId.Length; i++)
                sameId[i] = Cleaned(sameId[i], traceId);
            if (sameId.Length == 1)
                merged.Add(sameId[0]);
            else
                merged.AddRange(MergeSameId(sameId));
            start = end;
        }
        return merged;
    }

    private static TraceId WidestTraceId(IReadOnlyList<Span> spans) =>
        spans.Select(static span => span.TraceId).Where(static id => id.High != 0).DefaultIfEmpty(spans.Count == 0 ? default : spans[0].TraceId).Min();

    private static Span Cleaned(Span span, TraceId traceId)
    {
        if (span.TraceId.High == 0 && span.TraceId != traceId)
            span = span with { TraceId = traceId };
        return span.ParentSpanId == span.SpanId ? span with { ParentSpanId = default } : span;
    }

    private static Span[] MergeSameId(Span[] spans)
    {
        MarkSharedServers(spans);
        var merged = new List<SpanPieces>();
        foreach (Span span in Ordered(spans))
            AddPiece(merged, span, SpanHost.Of(span));
        Span[] result = [.. Ordered(merged.Select(static pieces => pieces.ToSpan()))];
        InheritParent(result);
        return result;
    }

    private static void AddPiece(List<SpanPieces> merged, Span piece, SpanHost host)
    {
        foreach (SpanPieces candidate in CollectionsMarshal.AsSpan(merged)[..Math.Min(merged.Count, CandidatesMax)])
        {
            if (candidate.TryAdd(piece, host))
                return;
        }
        merged.Add(new SpanPieces(piece, host));
    }

    /// <summary>
    /// Spans of one id: those that made it first, among them the client's, then those that share it; each by host. The rest decides between pieces that
    /// contradict each other, so that what is merged (and every edge derived from it) does not depend on the order spans arrived in.
    /// </summary>
    private static IEnumerable<Span> Ordered(IEnumerable<Span> sameId) => sameId
        .OrderBy(static span => IsShared(span) ? 2 : span.Kind == SpanKind.Client ? 0 : 1)
        .ThenBy(SpanHost.Of)
        .ThenBy(static span => span.StartNs == 0)
        .ThenBy(static span => span.StartNs)
        .ThenByDescending(static span => span.DurationNs)
        .ThenBy(static span => span.ParentSpanId)
        .ThenBy(static span => span.Kind)
        .ThenBy(static span => span.Name, StringComparer.Ordinal)
        .ThenBy(static span => span.RemoteServiceName, StringComparer.Ordinal)
        .ThenBy(static span => span.Status);

    // Done before anything is merged: a server half without the flag would otherwise be taken for a piece of the client's.
    private static void MarkSharedServers(Span[] spans)
    {
        if (!Array.Exists(spans, static span => span.Kind == SpanKind.Client && !IsShared(span)))
            return;
        for (int i = 0; i < spans.Length; i++)
        {
            if (spans[i].Kind == SpanKind.Server)
                spans[i] = spans[i] with { Traits = spans[i].Traits | SpanTraits.Shared };
        }
    }

    private static void InheritParent(Span[] merged)
    {
        SpanId parent = Array.Find(merged, static span => !IsShared(span) && !span.ParentSpanId.IsZero)?.ParentSpanId ?? default;
        if (parent.IsZero)
            return;
        for (int i = 0; i < merged.Length; i++)
        {
            if (IsShared(merged[i]) && merged[i].ParentSpanId.IsZero)
                merged[i] = merged[i] with { ParentSpanId = parent };
        }
    }

    private static bool IsShared(Span span) => span.Traits.HasFlag(SpanTraits.Shared);
}
