using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Doubles: as integers where all of them are whole numbers that come back bit by bit, else 8 bytes each with bounds of chunks. Immutable; any number of
/// threads may use one at once.
/// </summary>
internal sealed partial class DoubleColumn
{
    private const int ChunkRows = Int64Column.ChunkRows;

    // Every whole number up to here is exact as a double; beyond it neighbours are missing, and there is no point in calling such values integers.
    private const double WholeMax = 1L << 53;

    private readonly Int64Column? whole;
    private readonly ReadOnlyMemory<byte> values;
    private readonly ReadOnlyMemory<byte> chunkBounds;

    private DoubleColumn(int count, Int64Column? whole, ReadOnlyMemory<byte> values, ReadOnlyMemory<byte> chunkBounds)
    {
        Count = count;
        this.whole = whole;
        this.values = values;
        this.chunkBounds = chunkBounds;
    }

    public int Count { get; }

    /// <summary>The bytes of the values themselves, without bounds and framing.</summary>
    public int ValueBytes => whole?.ValueBytes ?? values.Length;

    public double this[int row] => whole is null ? PlainValues[row] : whole[row];

    private ReadOnlySpan<double> PlainValues => MemoryMarshal.Cast<byte, double>(values.Span);

    /// <summary>A view of values 8 bytes each.</summary>
    public static DoubleColumn Plain(ReadOnlyMemory<byte> values) => new(values.Length / sizeof(double), null, values, default);

    public static DoubleColumn From(ReadOnlySpan<double> values)
    {
        long[] integers = new long[values.Length];
        int i = 0;
        while (i < values.Length && IsWhole(values[i]))
        {
            integers[i] = (long)values[i];
            i++;
        }
        return i == values.Length
            ? new DoubleColumn(values.Length, Int64Column.From(integers), default, default)
            : new DoubleColumn(values.Length, null, MemoryMarshal.AsBytes(values).ToArray(), ChunkBounds(values));
    }

    /// <summary>Copies the values from <paramref name="start"/> on, as many as the destination has room for.</summary>
    public void Read(int start, Span<double> destination)
    {
        if (whole is null)
        {
            PlainValues.Slice(start, destination.Length).CopyTo(destination);
            return;
        }
        Span<long> block = stackalloc long[Int64Column.BlockRows];
        for (int done = 0; done < destination.Length; done += block.Length)
        {
            Span<long> integers = block[..Math.Min(block.Length, destination.Length - done)];
            whole.Read(start + done, integers);
            for (int i = 0; i < integers.Length; i++)
                destination[done + i] = integers[i];
        }
    }

    /// <summary>The rows whose value is in the range, both ends included and NaN in none; what <paramref name="rows"/> held is overwritten.</summary>
    public void InRange(double low, double high, RowBitmap rows)
    {
        if (rows.RowCount != Count)
            throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the column {Count}.", nameof(rows));
        if (!(low <= high))
            rows.Clear();
        else if (whole is not null)
            // Casts of numbers past the ends of 64 bits stay at the ends, where no value of the column is.
            whole.InRange((long)Math.Ceiling(low), (long)Math.Floor(high), rows);
        else
            ScanPlain(low, high, rows);
    }

    private void ScanPlain(double low, double high, RowBitmap rows)
    {
        ReadOnlySpan<double> bounds = MemoryMarshal.Cast<byte, double>(chunkBounds.Span);
        var test = new InRange<double>(low, high);
        for (int start = 0; start < Count; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, Count - start);
            Span<ulong> words = rows.Words.Slice(start >> 6, RowBitmap.WordCount(count));
            int chunk = start / ChunkRows * 2;
            // A chunk may hold NaN beside its bounds, so that all of it being within the range cannot be told from them.
            if (!bounds.IsEmpty && (bounds[chunk] > high || bounds[chunk + 1] < low))
                words.Clear();
            else
                ValueScan.Run(PlainValues.Slice(start, count), test, words);
        }
    }

    private static bool IsWhole(double value) => Math.Abs(value) <= WholeMax && BitConverter.DoubleToInt64Bits((long)value) == BitConverter.DoubleToInt64Bits(value);

    // Smallest and largest number of each chunk, 8 bytes each; an empty range (infinity, -infinity) when all of it is NaN.
    private static byte[] ChunkBounds(ReadOnlySpan<double> values)
    {
        int chunks = (values.Length + ChunkRows - 1) / ChunkRows;
        byte[] bytes = new byte[chunks * 2 * sizeof(double)];
        Span<double> bounds = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            double min = double.PositiveInfinity, max = double.NegativeInfinity;
            foreach (double value in values.Slice(chunk * ChunkRows, Math.Min(ChunkRows, values.Length - chunk * ChunkRows)))
                (min, max) = (double.MinNumber(min, value), double.MaxNumber(max, value));
            (bounds[chunk * 2], bounds[chunk * 2 + 1]) = (min, max);
        }
        return bytes;
    }
}
