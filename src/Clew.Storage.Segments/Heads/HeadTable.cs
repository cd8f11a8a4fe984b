using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// The newest spans, in the order they came, searchable as soon as <see cref="Append"/> returns. One writer at a time (the caller sees to it); any number of
/// threads take snapshots and read them meanwhile.
/// </summary>
/// <remarks>
/// A batch becomes visible whole: columns grow behind what snapshots see, and the counts of all of them are published in one reference at the end.
/// When an append throws, nothing of its batch is ever visible, but its rows stand half-written behind the published ones; the head then takes no
/// more and is sealed as it is. Who asks <see cref="HasRoomFor"/> first only sees that when memory runs out.
/// </remarks>
internal sealed class HeadTable
{
    /// <summary>Rows a head takes at most. It is sealed far below; a batch of the largest size must fit.</summary>
    public const int RowsMax = 1 << 20;

    // Events and links are rows of 50 bytes and more; far below what arrays can hold.
    private const int EventsMax = 1 << 23, LinksMax = 1 << 23;

    private readonly HeadParts parts = new();
    private readonly HeadDuplicates duplicates;
    private readonly BatchCodes shared;
    private HeadSnapshot snapshot;
    private HeapSizes sizes;
    private long bytes;
    private bool isBroken;

    public HeadTable()
    {
        shared = new BatchCodes(parts.Spans);
        duplicates = new HeadDuplicates(parts);
        snapshot = new HeadSnapshot(parts, default);
    }

    /// <summary>Rows published.</summary>
    public int RowCount => Volatile.Read(ref snapshot).RowCount;

    /// <summary>About how much memory the head takes.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>What is published now. Costs nothing; the same object until the next append.</summary>
    public SpanTable Snapshot() => Volatile.Read(ref snapshot);

    /// <summary>
    /// Appends the spans of a batch that are not there yet, here or in older tables, and publishes them together. Spans are the same when all
    /// that <see cref="Span"/> holds of them is equal; spans that only share their ids are all kept. Keeps nothing of the batch's memory.
    /// </summary>
    /// <exception cref="HeadFullException">The batch did not fit, or an earlier append failed. Nothing of it is visible.</exception>
    public HeadAppendResult Append(SpanBatch batch, IOlderTraces older)
    {
        if (isBroken)
            throw HeadFullException.Create();
        isBroken = true;
        shared.Start(batch);
        duplicates.Start(batch, older, snapshot);
        int rowsBefore = snapshot.RowCount, newTraces = AppendIds(batch);
        AppendFields(batch, rowsBefore, duplicates.Added);
        duplicates.End();
        shared.End();
        var published = new HeadSnapshot(parts, parts.Counts);
        sizes = parts.Sizes();
        Volatile.Write(ref bytes, sizes.HeapBytes + duplicates.HeapBytes);
        Volatile.Write(ref snapshot, published);
        isBroken = false;
        return new HeadAppendResult(published.RowCount - rowsBefore, newTraces);
    }

    /// <summary>
    /// Whether the batch surely fits. An empty head has room for every batch whose texts take less than a third of <see cref="ValueDictionary.BytesMax"/>.
    /// </summary>
    public bool HasRoomFor(SpanBatch batch)
    {
        HeadCounts counts = parts.Counts;
        return !isBroken
            && counts.Rows + batch.Spans.Count <= RowsMax
            && counts.Events + batch.Events.Count <= EventsMax
            && counts.Links + batch.Links.Count <= LinksMax
            && sizes.ValueBytes + BatchSize.ValueBytesMax(batch) <= ValueDictionary.BytesMax;
    }

    // Of the spans that are not there yet. Those before a span must have theirs before it is looked for.
    private int AppendIds(SpanBatch batch)
    {
        int newTraces = 0;
        for (int index = 0; index < batch.Spans.Count; index++)
        {
            if (duplicates.IsKnown(index, out int trace, out bool isNewTrace))
                continue;
            newTraces += isNewTrace ? 1 : 0;
            parts.Traces.AddRow(trace);
            parts.Spans.SpanIds.Add(batch.Spans[index].SpanId.Value);
        }
        return newTraces;
    }

    private void AppendFields(SpanBatch batch, int row, ReadOnlySpan<int> added)
    {
        SliceBytes bytesOf = batch.Slices;
        parts.Spans.Append(bytesOf, batch.Spans.Rows, added, shared);
        foreach (int index in added)
        {
            ref readonly SpanRow span = ref batch.Spans[index];
            parts.Attributes.Append(batch, bytesOf, batch.SpanAttributes.Slice(span.Attributes));
            if (!span.Events.IsEmpty)
                parts.Events.Append(row, span.StartNs, batch, bytesOf, batch.Events.Slice(span.Events));
            if (!span.Links.IsEmpty)
                parts.Links.Append(row, batch, bytesOf, batch.Links.Slice(span.Links));
            row++;
        }
        parts.Attributes.Flush(bytesOf);
        parts.Events.Attributes.Flush(bytesOf);
        parts.Links.Attributes.Flush(bytesOf);
    }
}
