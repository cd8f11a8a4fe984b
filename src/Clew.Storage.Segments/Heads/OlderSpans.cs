using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Heads;

/// <summary>
/// For the writer of a head: the span ids that older tables have of traces that go on in the head. Older tables are asked once for each trace, when its
/// first span comes, and again only when a span has an id they had.
/// </summary>
internal sealed class OlderSpans
{
    // A set's entry with its share of the table: 8 bytes of id, 8 of links and about 8 of free room.
    private const int BytesAnId = 24;

    private readonly Dictionary<TraceId, HashSet<SpanId>> idsOf = [];
    private readonly Dictionary<TraceId, List<TracePart>> partsOf = [];
    private readonly Dictionary<SpanTable, SpanAssembler> assemblers = [];
    private readonly List<TracePart> found = [];
    private readonly List<int> rows = [];
    private IOlderTraces older = null!;
    private long idCount;

    public long HeapBytes => idCount * BytesAnId;

    public void Start(IOlderTraces tables) => older = tables;

    /// <summary>Lets go of the tables.</summary>
    public void End()
    {
        older = null!;
        partsOf.Clear();
        assemblers.Clear();
    }

    /// <summary>Whether older tables have a part of a trace the head has none of yet.</summary>
    public bool LookFor(TraceId id)
    {
        if (Have(id))
            return true;
        found.Clear();
        older.Find(id, found);
        if (found.Count == 0)
            return false;
        var ids = new HashSet<SpanId>();
        foreach (TracePart part in found)
            AddIds(part, ids);
        idsOf.Add(id, ids);
        idCount += ids.Count;
        return true;
    }

    /// <summary>Whether older tables had a part of a trace when its first span came.</summary>
    public bool Have(TraceId id) => idsOf.Count > 0 && idsOf.ContainsKey(id);

    public bool MayContain(TraceId traceId, SpanId spanId) => idsOf[traceId].Contains(spanId);

    /// <summary>Whether an older table has an equal span.</summary>
    public bool Contains(Span span)
    {
        if (!partsOf.TryGetValue(span.TraceId, out List<TracePart>? parts))
        {
            partsOf.Add(span.TraceId, parts = []);
            older.Find(span.TraceId, parts);
        }
        foreach (TracePart part in parts)
        {
            if (Contains(part, span))
                return true;
        }
        return false;
    }

    private void AddIds(TracePart part, HashSet<SpanId> ids)
    {
        try
        {
            foreach (int row in RowsOf(part))
                ids.Add(part.Table.SpanIdOf(row));
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            // What cannot be read is no reason to refuse what arrives; the next query that meets it sets it aside.
        }
    }

    private bool Contains(TracePart part, Span span)
    {
        try
        {
            foreach (int row in RowsOf(part))
            {
                if (part.Table.SpanIdOf(row) == span.SpanId && AssemblerOf(part.Table).Read(row).Equals(span))
                    return true;
            }
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            // As above.
        }
        return false;
    }

    private List<int> RowsOf(TracePart part)
    {
        rows.Clear();
        part.Table.Traces.AddRows(part.Trace, rows);
        return rows;
    }

    private SpanAssembler AssemblerOf(SpanTable table)
    {
        if (!assemblers.TryGetValue(table, out SpanAssembler? assembler))
            assemblers.Add(table, assembler = new SpanAssembler(table));
        return assembler;
    }
}
