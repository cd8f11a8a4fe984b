using System.Collections;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Store;

/// <summary>The tables of a view as a reader took them: segments in the order in which their spans arrived, then heads.</summary>
/// <param name="tables">All of them.</param>
/// <param name="segmentCount">How many are segments.</param>
/// <param name="traces">Which of the segments may hold a trace.</param>
internal sealed class StoreTables(StoreTable[] tables, int segmentCount, TraceLookup traces) : IReadOnlyList<StoreTable>
{
    public int Count => tables.Length;

    public StoreTable this[int number] => tables[number];

    /// <summary>Appends the numbers of the tables that may hold traces whose id has this low half, ascending: nearly always those that do.</summary>
    public void FindLow(ulong low, List<int> numbers)
    {
        int kept = numbers.Count;
        traces.Find(low, numbers);
        for (int head = segmentCount; head < tables.Length; head++)
            numbers.Add(head);
        for (int i = kept; i < numbers.Count; i++)
        {
            if (tables[numbers[i]].Spans.Traces.MayContain(low))
                numbers[kept++] = numbers[i];
        }
        numbers.RemoveRange(kept, numbers.Count - kept);
    }

    public IEnumerator<StoreTable> GetEnumerator() => ((IEnumerable<StoreTable>)tables).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
