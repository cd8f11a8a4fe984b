using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments.Heads;

/// <summary>The growing column of shapes: in which order a row has its attributes. Those of many rows are looked up together. One thread adds, any number take snapshots.</summary>
internal sealed class HeadShapes
{
    // A column's number and 1 is at most 2,000: two bytes.
    private const int BytesAnAttribute = 2;

    // Of rows that wait: far above what as many ordinary rows take.
    private const int PendingBytesMax = 64 << 10;

    private readonly CodeColumnBuilder shapes = new(isText: false);
    private readonly int[] ends = new int[HeadAttributes.PendingRowsMax];
    private byte[] bytes = new byte[1024];
    private int pending;
    private int used;

    /// <summary>Rows added; for the writer.</summary>
    public int Count => shapes.Count + pending;

    /// <summary>Whether rows that wait must be looked up before another is added.</summary>
    public bool IsFull => pending == ends.Length || used > PendingBytesMax;

    public void AddSizes(ref HeapSizes sizes) => shapes.AddSizes(ref sizes);

    /// <summary>Begins a row with as many attributes.</summary>
    public void BeginRow(int attributes)
    {
        if (bytes.Length - used < attributes * BytesAnAttribute)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + attributes * BytesAnAttribute));
    }

    /// <summary>The row's next attribute stands in a column.</summary>
    public void Add(int column) => used += Varint.Write(bytes.AsSpan(used), (uint)column + 1);

    /// <summary>The row's next attribute stands in its rest.</summary>
    public void AddRest() => bytes[used++] = 0;

    public void EndRow() => ends[pending++] = used;

    /// <summary>Gives the rows that wait their shapes.</summary>
    /// <exception cref="HeadFullException">The dictionary is full.</exception>
    public void Flush()
    {
        shapes.AddAll(new Pending(bytes, ends), pending);
        pending = 0;
        used = 0;
    }

    public ValueColumn Snapshot(int rowCount) => shapes.Snapshot(rowCount);

    private readonly struct Pending(byte[] bytes, int[] ends) : IByteStrings
    {
        public ReadOnlySpan<byte> this[int index]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                int start = index == 0 ? 0 : ends[index - 1];
                return bytes.AsSpan(start, ends[index] - start);
            }
        }
    }
}
