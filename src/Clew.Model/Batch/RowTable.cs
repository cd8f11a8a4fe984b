using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Clew.Model;

/// <summary>
/// A growing array of rows that is kept and used again for the next batch, so that a warm decoder allocates nothing.
/// Not thread-safe: it belongs to the one batch it is part of.
/// </summary>
public sealed class RowTable<T> where T : struct
{
    private readonly string limitName;
    private readonly int max;
    private T[] rows;
    private int count;

    internal RowTable(string limitName, int max, int capacity)
    {
        this.limitName = limitName;
        this.max = max;
        rows = new T[Math.Min(capacity, max)];
    }

    public int Count => count;

    public ReadOnlySpan<T> Rows => rows.AsSpan(0, count);

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert(index < count);
            return ref rows[index];
        }
    }

    public ReadOnlySpan<T> Slice(RowRange range) => rows.AsSpan(0, count).Slice(range.Start, range.Count);

    /// <summary>Appends a cleared row. The reference holds until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Add()
    {
        ref T row = ref Next();
        row = default;
        return ref row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T row) => Next() = row;

    /// <summary>Appends a copy of <paramref name="source"/> and says where it stands.</summary>
    public RowRange AddRange(ReadOnlySpan<T> source)
    {
        int start = count;
        foreach (ref readonly T row in source)
            Add(row);
        return new RowRange(start, source.Length);
    }

    /// <summary>Drops all rows from <paramref name="newCount"/> on.</summary>
    public void Truncate(int newCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)newCount, (uint)count, nameof(newCount));
        count = newCount;
    }

    /// <summary>Empties the table; an array larger than <paramref name="keptRowsMax"/> is given back to the collector.</summary>
    internal void Clear(int keptRowsMax)
    {
        count = 0;
        if (rows.Length > keptRowsMax)
            rows = new T[keptRowsMax];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Next()
    {
        int index = count;
        if ((uint)index >= (uint)rows.Length)
            Grow();
        count = index + 1;
        return ref rows[index];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        if (count >= max)
            throw new SpanLimitException(limitName, max);
        Array.Resize(ref rows, (int)Math.Min(max, Math.Max(16, rows.Length * 2L)));
    }
}
