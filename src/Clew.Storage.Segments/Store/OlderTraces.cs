using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Store;

/// <summary>Looks traces up in all tables of a view but the head that is written to.</summary>
internal sealed class OlderTraces(StoreView view, LiveHead writtenTo) : IOlderTraces
{
    private readonly List<int> places = [];

    public void Find(TraceId id, List<TracePart> parts)
    {
        foreach (LiveHead head in view.Heads)
        {
            if (head != writtenTo && head.Final is { } table)
                Add(table, id, parts);
        }
        places.Clear();
        view.Traces.Find(id.Low, places);
        foreach (int place in places)
        {
            try
            {
                Add(view.Segments[place].File.Table, id, parts);
            }
            catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
            {
                // What cannot be read is no reason to refuse what arrives; the next query that meets it sets it aside.
            }
        }
    }

    private static void Add(SpanTable table, TraceId id, List<TracePart> parts)
    {
        if (table.Traces.MayContain(id.Low) && table.Traces.Find(id) is var trace and >= 0)
            parts.Add(new TracePart(table, trace));
    }
}
