using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The parts of one trace (of all traces that share a low half) in several tables. One trace at a time, one thread.</summary>
internal sealed class TraceParts(IReadOnlyList<SpanTable> tables, ServiceNumbers services)
{
    private readonly LinkColumns?[] columns = new LinkColumns?[tables.Count];
    private readonly TraceLookup lookup = TraceLookup.Of(tables);
    private readonly List<int> holders = [];
    private readonly List<TracePlace> places = [];
    private readonly List<int> found = [];
    private readonly List<int> rows = [];
    private JointStarts starts;

    public bool IsEmpty => places.Count == 0;

    public JointStarts Starts => starts;

    public IEnumerable<int> Tables => places.Select(static place => place.Table);

    public void Find(ulong low)
    {
        places.Clear();
        starts = default;
        holders.Clear();
        lookup.Find(low, holders);
        foreach (int table in holders)
        {
            TraceIndex index = tables[table].Traces;
            if (!index.MayContain(low))
                continue;
            found.Clear();
            index.FindByLow(low, found);
            foreach (int trace in found)
            {
                places.Add(new TracePlace(table, trace));
                starts.Add(index.MinStartNs(trace), index.MaxStartNs(trace));
            }
        }
    }

    public bool AnyStartsIn(TimeRange range)
    {
        foreach (TracePlace place in places)
        {
            SpanTable table = tables[place.Table];
            foreach (int row in RowsOf(place))
            {
                if (TraceTime.Contains(range, table.StartNsOf(row)))
                    return true;
            }
        }
        return false;
    }

    public void AddTo(RowLinker linker)
    {
        foreach (TracePlace place in places)
        {
            LinkColumns own = columns[place.Table] ??= new LinkColumns(tables[place.Table], services, readsMostRows: false);
            foreach (int row in RowsOf(place))
                linker.Add(own, own.Read(row));
        }
    }

    private List<int> RowsOf(TracePlace place)
    {
        rows.Clear();
        tables[place.Table].Traces.AddRows(place.Trace, rows);
        return rows;
    }

    private readonly record struct TracePlace(int Table, int Trace);
}
