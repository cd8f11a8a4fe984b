using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Numbers of 64 bits as a bucket each (a byte, which a scan compares) and the distance from the bucket's first number (bits, end to end, as many as the bucket takes). Where the distances of
/// each run of rows begin is kept, so that one value costs adding up some widths. A view; any number of threads may use one at once.
/// </summary>
/// <param name="table">The buckets.</param>
/// <param name="buckets">A bucket for each value, 8 bits each.</param>
/// <param name="runs">The first bit of each run of <see cref="RunRows"/> values, 4 bytes each.</param>
/// <param name="distances">The distances, and <see cref="PaddingBytes"/> bytes behind them.</param>
internal sealed class BucketedInts(BucketTable table, BitPackedInts buckets, ReadOnlyMemory<byte> runs, ReadOnlyMemory<byte> distances)
{
    /// <summary>Values between two known places: adding up half of the widths takes some twenty nanoseconds, and a place a quarter of a bit a value.</summary>
    public const int RunRows = 128;

    /// <summary>What stands behind the distances, so that eight bytes and one more can be read wherever one begins.</summary>
    public const int PaddingBytes = 8;

    // Where a run begins is said in 32 bits.
    private const long DistanceBitsMax = uint.MaxValue;

    public BucketTable Table => table;

    public BitPackedInts Buckets => buckets;

    public ReadOnlyMemory<byte> Runs => runs;

    public ReadOnlyMemory<byte> Distances => distances;

    public static int RunCount(int count) => (int)((count + RunRows - 1L) / RunRows);

    /// <summary>How many values have each bit length.</summary>
    public static void CountLengths(ReadOnlySpan<long> values, Span<int> counts)
    {
        counts.Clear();
        foreach (long value in values)
            counts[BucketTable.LengthOf((ulong)value)]++;
    }

    /// <summary>Bytes of the values in the buckets of a table, with all that belongs to them; more than there can be where they cannot be kept like that.</summary>
    public static long ByteCount(BucketTable table, ReadOnlySpan<int> counts, int count)
    {
        long bits = table.DistanceBits(counts);
        return bits > DistanceBitsMax ? long.MaxValue : BucketTable.LengthCount + SectionHeader.ByteCount + count + RunCount(count) * (long)sizeof(uint) + (bits + 7) / 8 + PaddingBytes;
    }

    /// <param name="values">Values, as unsigned numbers.</param>
    /// <param name="table">Has buckets for all of them.</param>
    /// <param name="counts">How many values have each bit length.</param>
    public static BucketedInts From(ReadOnlySpan<long> values, BucketTable table, ReadOnlySpan<int> counts)
    {
        byte[] buckets = GC.AllocateUninitializedArray<byte>(values.Length);
        byte[] distances = new byte[(int)((table.DistanceBits(counts) + 7) / 8) + PaddingBytes];
        byte[] runs = new byte[RunCount(values.Length) * sizeof(uint)];
        Span<uint> runStarts = MemoryMarshal.Cast<byte, uint>(runs.AsSpan());
        ReadOnlySpan<ulong> firsts = table.Firsts;
        ReadOnlySpan<byte> widths = table.Widths;
        ulong pending = 0;
        int bits = 0, at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i % RunRows == 0)
                runStarts[i / RunRows] = (uint)(at * 8L + bits);
            byte bucket = table.BucketOf((ulong)values[i]);
            buckets[i] = bucket;
            ulong distance = (ulong)values[i] - firsts[bucket];
            int width = widths[bucket];
            pending |= distance << bits;
            bits += width;
            if (bits < 64)
                continue;
            BinaryPrimitives.WriteUInt64LittleEndian(distances.AsSpan(at), pending);
            at += sizeof(ulong);
            bits -= 64;
            // What did not fit; nothing when the width is exactly what there was room for, because a distance has no more bits.
            pending = distance >> (width - bits);
        }
        if (bits > 0)
            BinaryPrimitives.WriteUInt64LittleEndian(distances.AsSpan(at), pending);
        return new BucketedInts(table, new BitPackedInts(buckets, 8, buckets.Length), runs, distances);
    }

    public ulong this[int row]
    {
        get
        {
            ReadOnlySpan<byte> all = buckets.Data.Span;
            int start = row - row % RunRows;
            return ValueAt(distances.Span, all[row], RunStart(start / RunRows) + Widths(all[start..row]));
        }
    }

    /// <summary>Copies the values from <paramref name="start"/> on, as many as the destination has room for.</summary>
    /// <exception cref="SegmentFormatException">The distances end before them.</exception>
    public void Read(int start, Span<ulong> destination)
    {
        // The spans are taken once: where the bytes are those of a mapped file, that is a call.
        ReadOnlySpan<byte> all = buckets.Data.Span, bytes = distances.Span;
        ref byte widths = ref MemoryMarshal.GetReference(table.Widths);
        for (int done = 0; done < destination.Length;)
        {
            int row = start + done, run = row - row % RunRows;
            int end = Math.Min(destination.Length, run + RunRows - start);
            long bit = RunStart(run / RunRows) + Widths(all[run..row]);
            for (; done < end; done++)
            {
                byte bucket = all[start + done];
                destination[done] = ValueAt(bytes, bucket, bit);
                bit += Unsafe.Add(ref widths, bucket);
            }
        }
    }

    /// <summary>Which values are in the range, both ends included. Most are told by their bucket; the distance is read of those in the buckets where the range begins and ends.</summary>
    /// <param name="start">The first value, a multiple of 64.</param>
    /// <param name="count">How many.</param>
    /// <param name="low">The range's first number.</param>
    /// <param name="high">Its last.</param>
    /// <param name="words">A bit for each value; what was there is overwritten.</param>
    /// <exception cref="SegmentFormatException">The distances end before one that is needed.</exception>
    public void InRange(int start, int count, ulong low, ulong high, Span<ulong> words)
    {
        table.Find(low, high, out int first, out int last, out bool firstIsPart, out bool lastIsPart);
        if (low > high || first > last)
        {
            words.Clear();
            return;
        }
        BitPackedInts own = buckets.Slice(start, count);
        own.InRange((uint)first, (uint)last, words);
        if (firstIsPart)
            LeaveWithin(start, own, (uint)first, low, high, words);
        if (lastIsPart && !(firstIsPart && first == last))
            LeaveWithin(start, own, (uint)last, low, high, words);
    }

    // Of the values of one bucket only those in the range stay.
    private void LeaveWithin(int start, BitPackedInts own, uint bucket, ulong low, ulong high, Span<ulong> words)
    {
        Span<ulong> part = stackalloc ulong[RowBitmap.WordCount(Int64Column.ChunkRows)];
        part = part[..words.Length];
        own.EqualTo(bucket, part);
        ReadOnlySpan<byte> all = buckets.Data.Span, bytes = distances.Span;
        int run = -1, row = 0;
        long bit = 0;
        for (int i = 0; i < part.Length; i++)
        {
            for (ulong left = part[i]; left != 0; left &= left - 1)
            {
                int next = start + i * 64 + BitOperations.TrailingZeroCount(left);
                if (next / RunRows != run)
                    (run, row, bit) = (next / RunRows, next - next % RunRows, RunStart(next / RunRows));
                bit += Widths(all[row..next]);
                row = next;
                ulong value = ValueAt(bytes, (byte)bucket, bit);
                if (value < low || value > high)
                    words[i] &= ~(left & (0 - left));
            }
        }
    }

    private uint RunStart(int run) => MemoryMarshal.Cast<byte, uint>(runs.Span)[run];

    // The bits of values one after the other. A byte is always within the table's places.
    private int Widths(ReadOnlySpan<byte> some)
    {
        ref byte widths = ref MemoryMarshal.GetReference(table.Widths);
        int bits = 0;
        foreach (byte bucket in some)
            bits += Unsafe.Add(ref widths, bucket);
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ValueAt(ReadOnlySpan<byte> bytes, byte bucket, long bit)
    {
        int width = table.Widths[bucket];
        if (bucket >= table.Count || bit + width > (bytes.Length - PaddingBytes) * 8L)
            throw Bad(bucket, bit);
        int at = (int)(bit >> 3), shift = (int)bit & 7;
        ulong distance = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) >> shift;
        if (width + shift > 64)
            distance |= (ulong)bytes[at + 8] << (64 - shift);
        return unchecked(table.Firsts[bucket] + (distance & ((1UL << width) - 1)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private SegmentFormatException Bad(byte bucket, long bit) =>
        new($"a value is in bucket {bucket} of {table.Count}, and its distance at bit {bit} of {(distances.Length - PaddingBytes) * 8L}", nameof(SectionType.Int64), 0);
}
