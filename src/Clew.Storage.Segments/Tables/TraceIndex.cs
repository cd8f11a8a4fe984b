using Clew.Model;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Tables;

/// <summary>
/// The traces of a table, numbered from 0, and which rows belong to each. What it says of a trace is about this table's part of it; other tables may hold more.
/// In a segment traces are in the order of their low half, then their high half, so that one look-up serves whole ids and those cut to 64 bits.
/// </summary>
internal abstract class TraceIndex
{
    private TraceSlot? slot;

    public abstract int Count { get; }

    /// <summary>Where the traces stand in the store's <see cref="TraceDirectory"/>; null while they do in none.</summary>
    public TraceSlot? Slot
    {
        get => Volatile.Read(ref slot);
        set => Volatile.Write(ref slot, value);
    }

    /// <summary>What a result list shows of a trace, where the table keeps it; else it is computed from the spans.</summary>
    public virtual ITraceSummaries? Summaries => null;

    public abstract TraceId IdOf(int trace);

    /// <summary>Whether there is a trace none of whose spans here has a time: such a one may stand anywhere in the order of results.</summary>
    public abstract bool HasTracesWithoutTime { get; }

    /// <summary>Earliest start of the spans that have a time; 0 when none has.</summary>
    public abstract long MinStartNs(int trace);

    /// <summary>Latest start of the spans that have a time; 0 when none has.</summary>
    public abstract long MaxStartNs(int trace);

    public abstract int SpanCount(int trace);

    public abstract int TraceOf(int row);

    /// <summary>Copies the traces of the rows from <paramref name="start"/> on, as many as the destination has room for.</summary>
    public virtual void ReadTraces(int start, Span<int> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = TraceOf(start + i);
    }

    /// <summary>Adds the traces that have a row among <paramref name="rows"/> to <paramref name="traces"/>, which has <see cref="Count"/> places.</summary>
    public virtual void AddTracesOf(RowBitmap rows, RowBitmap traces)
    {
        foreach (int row in rows)
            traces.Set(TraceOf(row));
    }

    /// <summary>Appends the rows of a trace in ascending order.</summary>
    public abstract void AddRows(int trace, List<int> rows);

    /// <summary>False when no trace in the table has this low half; true asks for a look. Touches little memory: asked of every table for every trace that arrives.</summary>
    public abstract bool MayContain(ulong low);

    /// <summary>The trace with this id, or -1.</summary>
    public abstract int Find(TraceId id);

    /// <summary>Appends the traces whose id has this low half, by ascending id.</summary>
    public abstract void FindByLow(ulong low, List<int> traces);
}
