using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

internal sealed partial class Int64Column
{
    /// <summary>
    /// The rows whose value is in the range, both ends included; what <paramref name="rows"/> held is overwritten. Chunks that lie within the range or
    /// outside of it are not read.
    /// </summary>
    public void InRange(long low, long high, RowBitmap rows) => InRange(low, high, null, rows);

    /// <summary>The same, but only rows of <paramref name="among"/> count (all when null): what is said of others is undefined, which spares decoding them.</summary>
    public void InRange(long low, long high, RowBitmap? among, RowBitmap rows)
    {
        if (rows.RowCount != Count)
            throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the column {Count}.", nameof(rows));
        ReadOnlySpan<long> bounds = MemoryMarshal.Cast<byte, long>(chunkBounds.Span);
        for (int start = 0; start < Count; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, Count - start);
            Span<ulong> words = rows.Words.Slice(start >> 6, RowBitmap.WordCount(count));
            (long min, long max) = Encoding == Int64Encoding.Constant ? (this.min, this.min)
                : bounds.IsEmpty ? (long.MinValue, long.MaxValue)
                : (bounds[start / ChunkRows * 2], bounds[start / ChunkRows * 2 + 1]);
            if (low > high || min > high || max < low)
                words.Clear();
            else if (min >= low && max <= high)
                words.Fill(ulong.MaxValue);
            else if (among is not null && IsVarints)
                ScanBlocks(start, count, low, high, among.Words.Slice(start >> 6, words.Length), words);
            else
                ScanChunk(start, count, low, high, words);
        }
        rows.ClearTail();
    }

    private bool IsVarints => Encoding is Int64Encoding.Delta or Int64Encoding.DeltaOfDelta;

    // Varints are decoded from the start of their block, up to the last row that counts.
    private void ScanBlocks(int start, int count, long low, long high, ReadOnlySpan<ulong> among, Span<ulong> words)
    {
        Span<long> block = stackalloc long[BlockRows];
        for (int done = 0; done < count; done += BlockRows)
        {
            int first = done >> 6;
            int length = Math.Min(BlockRows / 64, words.Length - first);
            Span<ulong> found = words.Slice(first, length);
            int last = among.Slice(first, length).LastIndexOfAnyExcept(0UL);
            found.Clear();
            if (last < 0)
                continue;
            Span<long> decoded = block[..Math.Min((last << 6) + 64 - BitOperations.LeadingZeroCount(among[first + last]), count - done)];
            DecodeBlock((start + done) / BlockRows, decoded);
            ValueScan.Run<long, InRange<long>>(decoded, new InRange<long>(low, high), found);
        }
    }

    private void ScanChunk(int start, int count, long low, long high, Span<ulong> words)
    {
        switch (Encoding)
        {
            case Int64Encoding.Packed or Int64Encoding.Bucketed:
                // The range in units above the smallest value, the low end rounded up and the high end down: what it holds there is empty when high is below low.
                if (high < min)
                {
                    words.Clear();
                    break;
                }
                ulong lowDifference = low <= min ? 0 : unchecked((ulong)(low - min));
                ulong lowUnits = lowDifference / unit + (lowDifference % unit != 0 ? 1u : 0u);
                ulong highUnits = unchecked((ulong)(high - min)) / unit;
                if (bucketed is not null)
                    bucketed.InRange(start, count, lowUnits, highUnits, words);
                else if (lowUnits > uint.MaxValue)
                    words.Clear();
                else
                    codes.Slice(start, count).InRange((uint)lowUnits, (uint)Math.Min(highUnits, uint.MaxValue), words);
                break;
            case Int64Encoding.Plain:
                ValueScan.Run(PlainValues.Slice(start, count), new InRange<long>(low, high), words);
                break;
            default:
                long[] decoded = ArrayPool<long>.Shared.Rent(ChunkRows);
                try
                {
                    Read(start, decoded.AsSpan(0, count));
                    ValueScan.Run<long, InRange<long>>(decoded.AsSpan(0, count), new InRange<long>(low, high), words);
                }
                finally
                {
                    ArrayPool<long>.Shared.Return(decoded);
                }
                break;
        }
    }
}
