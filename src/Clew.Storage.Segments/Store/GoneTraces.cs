using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Store;

/// <summary>Counts the traces of which nothing is left when segments are dropped.</summary>
internal static class GoneTraces
{
    /// <param name="tables">All there are.</param>
    /// <param name="dropped">Numbers of the segments to drop.</param>
    /// <param name="cancellationToken">Looked at between segments.</param>
    public static long Count(StoreTables tables, IReadOnlyList<int> dropped, CancellationToken cancellationToken)
    {
        long count = 0;
        var isDropped = new bool[tables.Count];
        foreach (int number in dropped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // One after the other, so that a trace in several of them is counted with the last.
            isDropped[number] = true;
            count += CountIn(tables, number, isDropped);
        }
        return count;
    }

    private static long CountIn(StoreTables tables, int number, bool[] isDropped)
    {
        long count = 0;
        var traces = (SegmentTraces)tables[number].Spans.Traces;
        var holders = new List<int>();
        try
        {
            for (int trace = 0; trace < traces.Count; trace++)
            {
                holders.Clear();
                tables.FindLow(traces.Columns.Lows[trace], holders);
                holders.RemoveAll(holder => isDropped[holder]);
                if (holders.Count == 0 || holders.TrueForAll(holder => tables[holder].Spans.Traces.Find(traces.IdOf(trace)) < 0))
                    count++;
            }
            return count;
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            // A number that is a little off is no reason to keep what is to go.
            return tables[number].Segment!.NewTraces;
        }
    }
}
