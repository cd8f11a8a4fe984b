using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>For the writer of a head: which spans of a batch are there already, in it, in the head or in older tables.</summary>
internal sealed class HeadDuplicates(HeadParts parts)
{
    // A span takes about as long as ten misses of all caches; two are enough, and what is asked for too early may be gone again.
    private const int AnnouncedAhead = 2;

    private readonly HeadIdentities identities = new(parts);
    private readonly Dictionary<int, SameIds> sameIds = [];
    private readonly OlderSpans olderSpans = new();
    private readonly List<int> batchIndexes = [];
    private SpanBatch batch = null!;
    private SpanTable published = null!;
    private SpanReader? reader;
    private SpanAssembler? assembler;

    public long HeapBytes => identities.HeapBytes + olderSpans.HeapBytes;

    public void Start(SpanBatch of, IOlderTraces older, SpanTable before)
    {
        batch = of;
        published = before;
        batchIndexes.Clear();
        olderSpans.Start(older);
    }

    /// <summary>Of the spans of the batch those that were not there, in the order of their rows.</summary>
    public ReadOnlySpan<int> Added => CollectionsMarshal.AsSpan(batchIndexes);

    /// <summary>Lets go of the batch and of what was looked at beside it.</summary>
    public void End()
    {
        batch = null!;
        published = null!;
        reader = null;
        assembler = null;
        olderSpans.End();
    }

    /// <summary>Whether a span is there already. When not it must be appended as the next row before the next question.</summary>
    /// <param name="index">In <see cref="SpanBatch.Spans"/>.</param>
    /// <param name="trace">Of a span to append: its trace's number.</param>
    /// <param name="isNewTrace">Of a span to append: whether neither the head nor older tables had a part of its trace.</param>
    public bool IsKnown(int index, out int trace, out bool isNewTrace)
    {
        if (index + AnnouncedAhead < batch.Spans.Count)
        {
            ref readonly SpanRow ahead = ref batch.Spans[index + AnnouncedAhead];
            identities.Announce(ahead.TraceId, ahead.SpanId);
        }
        ref readonly SpanRow span = ref batch.Spans[index];
        trace = parts.Traces.Find(span.TraceId, parts.Traces.Count);
        isNewTrace = false;
        bool isOld = trace < 0 ? olderSpans.LookFor(span.TraceId) : olderSpans.Have(span.TraceId);
        if (isOld && olderSpans.MayContain(span.TraceId, span.SpanId) && olderSpans.Contains(SpanOf(index)))
            return true;
        if (trace < 0)
        {
            trace = parts.Traces.Add(span.TraceId);
            isNewTrace = !isOld;
        }
        int row = parts.Traces.TraceOf.Count;
        int first = identities.FindOrAdd(span.TraceId, trace, span.SpanId, row);
        if (first >= 0 && IsAmongSameIds(first, row, index))
            return true;
        batchIndexes.Add(index);
        return false;
    }

    private bool IsAmongSameIds(int first, int row, int index)
    {
        Span span = SpanOf(index);
        if (!sameIds.TryGetValue(first, out SameIds? known))
            sameIds.Add(first, known = new SameIds(first));
        return !known.TryAdd(row, span, SpanAt);
    }

    private Span SpanOf(int index) => (reader ??= new SpanReader(batch)).Read(index);

    // Rows of the batch itself are not published yet, but the batch still has them.
    private Span SpanAt(int row) =>
        row >= published.RowCount ? SpanOf(batchIndexes[row - published.RowCount]) : (assembler ??= new SpanAssembler(published)).Read(row);
}
