using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Holds the table of traces against the spans it is about.</summary>
internal sealed class TraceChecks(SegmentTable table, Action<string> found)
{
    private readonly SegmentTraces traces = (SegmentTraces)table.Traces;

    public void Run(CancellationToken cancellation)
    {
        ReadOnlySpan<ulong> lows = traces.Columns.Lows;
        int untimed = 0, untimedTraces = 0;
        for (int trace = 0; trace < traces.Count; trace++)
        {
            if ((trace & 0xFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            if (trace > 0 && (lows[trace - 1] > lows[trace] || (lows[trace - 1] == lows[trace] && (ulong)traces.Columns.Highs[trace - 1] >= (ulong)traces.Columns.Highs[trace])))
                found($"trace {trace} does not come after the one before it");
            if (!traces.MayContain(lows[trace]))
                found($"the filter does not know trace {trace}");
            untimed += CheckSpans(trace);
            untimedTraces += traces.MinStartNs(trace) == 0 ? 1 : 0;
        }
        if (untimedTraces > 0 && !traces.HasTracesWithoutTime)
            found($"{untimedTraces} traces have no time, the footer says there is none");
        if (untimed != table.UntimedRows)
            found($"{untimed} spans have no time, the footer says {table.UntimedRows}");
    }

    // Returns how many spans have no time.
    private int CheckSpans(int trace)
    {
        int first = traces.FirstRow(trace), end = traces.EndRow(trace), untimed = 0, errors = 0, orphans = 0;
        long min = 0, max = 0, last = long.MinValue, before = long.MinValue;
        for (int row = first; row < end; row++)
        {
            long start = table.StartNsOf(row);
            long code = table.Parents.CodeOf(row);
            if (start < before && start != 0 && before != 0)
                found($"row {row} starts before the row before it");
            before = start;
            table.ParentOf(row);
            errors += table.Statuses[row] == (uint)StatusCode.Error ? 1 : 0;
            orphans += code == TraceTableWriter.OuterParent ? 1 : 0;
            if ((code == TraceTableWriter.OuterParent) != (table.Parents.Outer.Rank(row) >= 0))
                found($"row {row} has a parent outside of its trace, or has none, and the list of these says otherwise");
            if (start == 0)
            {
                untimed++;
                continue;
            }
            if (!table.Info.Starts.Any(range => range.Contains(start)))
                found($"row {row} starts at {start}, which is in none of the footer's ranges");
            (min, max) = min == 0 ? (start, start) : (Math.Min(min, start), Math.Max(max, start));
            last = Math.Max(last, unchecked(start + table.DurationsNs[row]));
        }
        TraceFigures figures = traces.FiguresOf(trace);
        if (traces.MinStartNs(trace) != min || traces.MaxStartNs(trace) != max || figures.EndNs != (min == 0 ? 0 : last))
            found($"trace {trace} is said to start and end at other times than its spans");
        if (figures.ErrorCount != errors || figures.OrphanCount != orphans)
            found($"trace {trace} has {errors} errors and {orphans} spans without their parent, but is said to have {figures.ErrorCount} and {figures.OrphanCount}");
        return untimed;
    }
}
