using System.Buffers;

namespace Clew.Storage.Segments.Segments;

/// <summary>The order of events, or links, that follows from that of their spans. Its array is of the pool.</summary>
internal sealed class DetailOrder : IDisposable
{
    private readonly int[] newDetailOf;
    private readonly int[] firstOf;
    private readonly Int64Column[] inputs;

    private DetailOrder(Int64Column[] inputs, int rowCount)
    {
        this.inputs = inputs;
        RowCount = rowCount;
        newDetailOf = ArrayPool<int>.Shared.Rent(Math.Max(1, rowCount));
        firstOf = new int[inputs.Length + 1];
    }

    /// <summary>Events in all.</summary>
    public int RowCount { get; }

    /// <param name="order">The spans'.</param>
    /// <param name="spanRows">For each input the span's row of each event, ascending.</param>
    /// <param name="spanColumn">Receives the same for the new rows.</param>
    public static DetailOrder Of(RowOrder order, Int64Column[] spanRows, out Int64Column spanColumn)
    {
        int total = SegmentFormat.CheckedRows(spanRows.Sum(static rows => (long)rows.Count), SegmentFormat.DetailRowsMax, "events or links");
        var details = new DetailOrder(spanRows, total);
        if (total == 0)
        {
            spanColumn = Int64Column.From([]);
            return details;
        }
        int[] next = ArrayPool<int>.Shared.Rent(order.RowCount + 1);
        long[] rows = ArrayPool<long>.Shared.Rent(total);
        try
        {
            details.Fill(order, next.AsSpan(0, order.RowCount + 1), rows.AsSpan(0, total));
            spanColumn = Int64Column.From(rows.AsSpan(0, total));
            return details;
        }
        catch
        {
            details.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(next);
            ArrayPool<long>.Shared.Return(rows);
        }
    }

    /// <summary>The new number of each event of an input.</summary>
    public ReadOnlyMemory<int> NewRows(int input) => newDetailOf.AsMemory(firstOf[input], inputs[input].Count);

    public Placed<T>[] Place<T>(Func<int, T> column)
    {
        var placed = new Placed<T>[inputs.Length];
        for (int i = 0; i < placed.Length; i++)
            placed[i] = new Placed<T>(column(i), NewRows(i));
        return placed;
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(newDetailOf);

    // Events of a span stand together and come from one table, so that counting how many each span has says where they go.
    private void Fill(RowOrder order, Span<int> next, Span<long> rows)
    {
        next.Clear();
        for (int i = 0; i < inputs.Length; i++)
        {
            firstOf[i + 1] = firstOf[i] + inputs[i].Count;
            Span<long> own = rows[firstOf[i]..firstOf[i + 1]];
            inputs[i].Read(0, own);
            ReadOnlySpan<int> newRows = order.NewRows(i).Span;
            foreach (ref long row in own)
            {
                if ((ulong)row >= (ulong)newRows.Length)
                    throw new SegmentFormatException($"an event or link is of row {row}, but there are {newRows.Length}", "rows of spans", 0);
                row = newRows[(int)row];
                next[(int)row + 1]++;
            }
        }
        for (int row = 1; row < next.Length; row++)
            next[row] += next[row - 1];
        for (int i = 0; i < rows.Length; i++)
            newDetailOf[i] = next[(int)rows[i]]++;
        // What was the beginning of each span's run is its end now.
        int detail = 0;
        for (int row = 0; row < next.Length - 1; row++)
        {
            while (detail < next[row])
                rows[detail++] = row;
        }
    }
}
