using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>Heads made of spans, and spans read back from tables.</summary>
internal static class HeadTables
{
    /// <summary>A head's snapshot with the spans, those that equal an earlier one left out.</summary>
    public static SpanTable Of(IEnumerable<Span> spans)
    {
        var head = new HeadTable();
        Append(head, spans);
        return head.Snapshot();
    }

    public static HeadAppendResult Append(HeadTable head, IEnumerable<Span> spans, IOlderTraces? older = null) =>
        head.Append(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), older ?? new OlderTables());

    /// <summary>All spans of a table in the order of its rows.</summary>
    public static Span[] Read(SpanTable table)
    {
        var assembler = new SpanAssembler(table);
        return [.. Enumerable.Range(0, table.RowCount).Select(assembler.Read)];
    }
}

/// <summary>Tables that a head is told of; counts how often it asks.</summary>
internal sealed class OlderTables(params SpanTable[] tables) : IOlderTraces
{
    public int Asked { get; private set; }

    public void Find(TraceId id, List<TracePart> parts)
    {
        Asked++;
        foreach (SpanTable table in tables)
        {
            if (table.Traces.Find(id) is >= 0 and int trace)
                parts.Add(new TracePart(table, trace));
        }
    }
}
