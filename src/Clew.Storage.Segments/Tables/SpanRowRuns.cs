namespace Clew.Storage.Segments.Tables;

/// <summary>Finds the events or links of a span among the rows of their table, which are in the order of the spans. One thread at a time.</summary>
internal sealed class SpanRowRuns(Int64Column spanRows)
{
    private int lastSpanRow = -1;
    private int lastEnd;

    /// <summary>The first of the span's rows and how many there are.</summary>
    public (int Start, int Count) Find(int spanRow)
    {
        if (spanRows.Count == 0)
            return (0, 0);
        // Rows of a trace stand together in a segment and are read in order: the next span's begin where the last one's ended.
        int start = spanRow == lastSpanRow + 1 ? lastEnd : FirstFrom(spanRow);
        int end = start;
        while (end < spanRows.Count && spanRows[end] == spanRow)
            end++;
        (lastSpanRow, lastEnd) = (spanRow, end);
        return (start, end - start);
    }

    private int FirstFrom(int spanRow)
    {
        int low = 0, high = spanRows.Count;
        while (low < high)
        {
            int middle = (int)((uint)(low + high) >> 1);
            if (spanRows[middle] < spanRow)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
