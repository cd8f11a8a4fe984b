using System.Buffers;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// The order in which the rows of several tables stand in one segment: by the low half of the trace's id, the high half, the start, and then as they came.
/// Belongs to one thread; its arrays are of the pool.
/// </summary>
internal sealed class RowOrder : IDisposable
{
    // Up to here moving rows one by one is faster than a sort that has to be called.
    private const int InsertionRowsMax = 24;

    private readonly IReadOnlyList<SpanTable> inputs;
    private readonly int[] firstOf;
    private readonly int[] newRowOf;
    private readonly int[] sourceOf;
    private readonly long[] startsNs;
    private readonly int[] firstRows;
    private readonly TraceId[] ids;

    private RowOrder(IReadOnlyList<SpanTable> inputs, int rowCount, int traceCount)
    {
        this.inputs = inputs;
        RowCount = rowCount;
        firstOf = new int[inputs.Count + 1];
        newRowOf = ArrayPool<int>.Shared.Rent(rowCount);
        sourceOf = ArrayPool<int>.Shared.Rent(rowCount);
        startsNs = ArrayPool<long>.Shared.Rent(rowCount);
        firstRows = ArrayPool<int>.Shared.Rent(traceCount + 1);
        ids = ArrayPool<TraceId>.Shared.Rent(traceCount);
    }

    public int RowCount { get; }

    public int TraceCount { get; private set; }

    /// <summary>The ids of the traces, in their order.</summary>
    public ReadOnlySpan<TraceId> Ids => ids.AsSpan(0, TraceCount);

    /// <summary>The first row of each trace, and behind the last trace the number of rows.</summary>
    public ReadOnlySpan<int> FirstRows => firstRows.AsSpan(0, TraceCount + 1);

    /// <summary>The start of each row in its new order; 0 for none.</summary>
    public ReadOnlySpan<long> StartsNs => startsNs.AsSpan(0, RowCount);

    /// <exception cref="InvalidOperationException">There are more rows than a segment may have, or none.</exception>
    public static RowOrder Of(IReadOnlyList<SpanTable> inputs)
    {
        long rows = 0, traces = 0;
        foreach (SpanTable input in inputs)
        {
            rows += input.RowCount;
            traces += input.Traces.Count;
        }
        if (rows == 0)
            throw new InvalidOperationException("A segment has at least one span.");
        var order = new RowOrder(inputs, SegmentFormat.CheckedRows(rows, SegmentFormat.RowsMax, "spans"), (int)traces);
        try
        {
            order.Fill((int)traces);
            return order;
        }
        catch
        {
            order.Dispose();
            throw;
        }
    }

    /// <summary>The new number of each row of an input.</summary>
    public ReadOnlyMemory<int> NewRows(int input) => newRowOf.AsMemory(firstOf[input], inputs[input].RowCount);

    /// <summary>Where a row comes from.</summary>
    public (SpanTable Table, int Row) Source(int newRow)
    {
        int source = sourceOf[newRow];
        int input = Array.BinarySearch(firstOf, source);
        // Inputs without rows share their first number with the next one.
        input = input < 0 ? ~input - 1 : Array.LastIndexOf(firstOf, source, firstOf.Length - 2);
        return (inputs[input], source - firstOf[input]);
    }

    /// <summary>One column of each input, and where its values go.</summary>
    public Placed<T>[] Place<T>(Func<SpanTable, T> column)
    {
        var placed = new Placed<T>[inputs.Count];
        for (int i = 0; i < placed.Length; i++)
            placed[i] = new Placed<T>(column(inputs[i]), NewRows(i));
        return placed;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(newRowOf);
        ArrayPool<int>.Shared.Return(sourceOf);
        ArrayPool<long>.Shared.Return(startsNs);
        ArrayPool<int>.Shared.Return(firstRows);
        ArrayPool<TraceId>.Shared.Return(ids);
    }

    private void Fill(int traceCount)
    {
        long[] oldStarts = ArrayPool<long>.Shared.Rent(RowCount);
        ulong[] lows = ArrayPool<ulong>.Shared.Rent(traceCount);
        var refs = ArrayPool<TraceRef>.Shared.Rent(traceCount);
        try
        {
            int trace = 0;
            for (int i = 0; i < inputs.Count; i++)
            {
                firstOf[i + 1] = firstOf[i] + inputs[i].RowCount;
                inputs[i].ReadStartsNs(0, oldStarts.AsSpan(firstOf[i], inputs[i].RowCount));
                for (int n = 0; n < inputs[i].Traces.Count; n++, trace++)
                {
                    TraceId id = inputs[i].Traces.IdOf(n);
                    (lows[trace], refs[trace]) = (id.Low, new TraceRef(id.High, i, n));
                }
            }
            SortTraces(lows.AsSpan(0, traceCount), refs.AsSpan(0, traceCount));
            TakeRows(lows.AsSpan(0, traceCount), refs.AsSpan(0, traceCount), oldStarts);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(oldStarts);
            ArrayPool<ulong>.Shared.Return(lows);
            ArrayPool<TraceRef>.Shared.Return(refs);
        }
    }

    private static void SortTraces(Span<ulong> lows, Span<TraceRef> refs)
    {
        lows.Sort(refs);
        for (int start = 0; start < lows.Length;)
        {
            int end = start + 1;
            while (end < lows.Length && lows[end] == lows[start])
                end++;
            if (end - start > 1)
                refs[start..end].Sort();
            start = end;
        }
    }

    private void TakeRows(ReadOnlySpan<ulong> lows, ReadOnlySpan<TraceRef> refs, long[] oldStarts)
    {
        var rows = new List<int>();
        int next = 0;
        for (int i = 0; i < refs.Length; i++)
        {
            if (i == 0 || lows[i] != lows[i - 1] || refs[i].High != refs[i - 1].High)
            {
                SortRows(next, oldStarts);
                ids[TraceCount] = new TraceId(refs[i].High, lows[i]);
                firstRows[TraceCount++] = next;
            }
            rows.Clear();
            inputs[refs[i].Input].Traces.AddRows(refs[i].Trace, rows);
            foreach (int row in rows)
                sourceOf[next++] = firstOf[refs[i].Input] + row;
        }
        SortRows(next, oldStarts);
        firstRows[TraceCount] = next;
        if (next != RowCount)
            throw new InvalidOperationException($"The traces of the tables have {next} rows, the tables {RowCount}.");
        for (int row = 0; row < RowCount; row++)
        {
            newRowOf[sourceOf[row]] = row;
            startsNs[row] = oldStarts[sourceOf[row]];
        }
    }

    // The rows of the trace that ends here, which are in the order they came.
    private void SortRows(int end, long[] oldStarts)
    {
        if (TraceCount == 0)
            return;
        Span<int> rows = sourceOf.AsSpan(firstRows[TraceCount - 1]..end);
        if (rows.Length > InsertionRowsMax)
        {
            rows.Sort((left, right) => oldStarts[left] != oldStarts[right] ? oldStarts[left].CompareTo(oldStarts[right]) : left.CompareTo(right));
            return;
        }
        for (int i = 1; i < rows.Length; i++)
        {
            int row = rows[i], at = i;
            for (; at > 0 && oldStarts[rows[at - 1]] > oldStarts[row]; at--)
                rows[at] = rows[at - 1];
            rows[at] = row;
        }
    }

    private readonly record struct TraceRef(ulong High, int Input, int Trace) : IComparable<TraceRef>
    {
        public int CompareTo(TraceRef other)
        {
            int order = High.CompareTo(other.High);
            if (order == 0)
                order = Input.CompareTo(other.Input);
            return order != 0 ? order : Trace.CompareTo(other.Trace);
        }
    }
}
