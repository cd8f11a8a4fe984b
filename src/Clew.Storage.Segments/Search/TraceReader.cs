using Clew.Model;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Reads whole traces, whatever tables their spans are in.</summary>
internal static class TraceReader
{
    /// <summary>The parts of a trace; none when it is in no table.</summary>
    public static List<TracePart> Find(StoreTables tables, TraceId id)
    {
        var parts = new List<TracePart>(1);
        var numbers = new List<int>();
        tables.FindLow(id.Low, numbers);
        foreach (int number in numbers)
        {
            SpanTable table = tables[number].Spans;
            if (table.Traces.Find(id) is var trace and >= 0)
                parts.Add(new TracePart(table, trace));
        }
        return parts;
    }

    public static Trace? Read(StoreTables tables, TraceId id) => Find(tables, id) is { Count: > 0 } parts ? Read(id, parts) : null;

    public static Trace Read(TraceId id, List<TracePart> parts)
    {
        var spans = new List<Span>();
        foreach (TracePart part in parts)
            AddSpans(part, spans);
        return new Trace(id, spans);
    }

    public static IReadOnlyList<Trace> ReadByLowId(StoreTables tables, ulong low)
    {
        var found = new SortedDictionary<TraceId, List<Span>>();
        AddByLowId(tables, low, found);
        return [.. found.Select(static trace => new Trace(trace.Key, trace.Value))];
    }

    private static void AddByLowId(StoreTables tables, ulong low, SortedDictionary<TraceId, List<Span>> found)
    {
        var traces = new List<int>();
        var numbers = new List<int>();
        tables.FindLow(low, numbers);
        foreach (int number in numbers)
        {
            SpanTable table = tables[number].Spans;
            TraceIndex index = table.Traces;
            traces.Clear();
            index.FindByLow(low, traces);
            foreach (int trace in traces)
            {
                TraceId id = index.IdOf(trace);
                if (!found.TryGetValue(id, out List<Span>? spans))
                    found.Add(id, spans = []);
                AddSpans(new TracePart(table, trace), spans);
            }
        }
    }

    private static void AddSpans(TracePart part, List<Span> spans)
    {
        var assembler = new SpanAssembler(part.Table);
        var rows = new List<int>();
        part.Table.Traces.AddRows(part.Trace, rows);
        spans.EnsureCapacity(spans.Count + rows.Count);
        foreach (int row in rows)
            spans.Add(assembler.Read(row));
    }
}
