using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

internal sealed partial class Int64Column
{
    // Differences of one width are scanned quickest and read by one access, so others must save something: varints, which are decoded from the start of a block, a fifth; buckets
    // an eighth.
    private static bool IsWorth(long bytes, long packed, int share) => packed == long.MaxValue || bytes < packed - packed / share;

    /// <summary>Chooses the encoding: about the smallest, of about equal ones the one that is scanned quickest.</summary>
    public static Int64Column From(ReadOnlySpan<long> values)
    {
        (long min, long max) = Bounds(values);
        byte[] bounds = ChunkBounds(values);
        if (min == max)
            return new Int64Column(values.Length, Int64Encoding.Constant, min, 1, default, default, default, default);
        ulong unit = Unit(values, min);
        long[] rented = ArrayPool<long>.Shared.Rent(values.Length);
        try
        {
            Span<long> units = rented.AsSpan(0, values.Length);
            for (int i = 0; i < units.Length; i++)
                units[i] = unit == 1 ? unchecked(values[i] - min) : unchecked((long)((ulong)(values[i] - min) / unit));
            return From(values, units, min, unit, unchecked((ulong)(max - min)) / unit, bounds);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    private static Int64Column From(ReadOnlySpan<long> values, ReadOnlySpan<long> units, long min, ulong unit, ulong unitsMax, byte[] bounds)
    {
        long plain = (long)values.Length * sizeof(long);
        long packed = unitsMax <= uint.MaxValue ? BitPackedInts.ByteCount(BitPackedInts.WidthOf((uint)unitsMax), values.Length) : long.MaxValue;
        // A varint has a byte at least: up to ten bits none of them saves a fifth, and their lengths need not be counted.
        if (packed <= values.Length + values.Length / 4)
            return new Int64Column(values.Length, Int64Encoding.Packed, min, unit, Pack(units), default, default, bounds);
        Span<int> lengths = stackalloc int[BucketTable.LengthCount];
        BucketedInts.CountLengths(units, lengths);
        var table = BucketTable.For(lengths);
        long bucketed = BucketedInts.ByteCount(table, lengths, units.Length);
        long delta = VarintBytes(units, deltaOfDelta: false), deltaOfDelta = VarintBytes(units, deltaOfDelta: true);
        long varints = Math.Min(delta, deltaOfDelta) + (values.Length + BlockRows - 1) / BlockRows * sizeof(uint);
        bool bucketedIsWorth = IsWorth(bucketed, packed, 8) && bucketed <= varints + varints / 16, varintsAreWorth = !bucketedIsWorth && IsWorth(varints, packed, 5);
        if (!bucketedIsWorth && !varintsAreWorth)
            return new Int64Column(values.Length, Int64Encoding.Packed, min, unit, Pack(units), default, default, bounds);
        if (Math.Min(bucketed, varints) >= plain - plain / 8)
            return new Int64Column(values.Length, Int64Encoding.Plain, 0, 1, default, MemoryMarshal.AsBytes(values).ToArray(), default, bounds);
        return bucketedIsWorth
            ? new Int64Column(values.Length, min, unit, BucketedInts.From(units, table, lengths), bounds)
            : FromVarints(units, min, unit, deltaOfDelta < delta, (int)Math.Min(delta, deltaOfDelta), bounds);
    }

    private static BitPackedInts Pack(ReadOnlySpan<long> units)
    {
        uint[] rented = ArrayPool<uint>.Shared.Rent(units.Length);
        Span<uint> codes = rented.AsSpan(0, units.Length);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = (uint)units[i];
        var packed = BitPackedInts.Pack(codes);
        ArrayPool<uint>.Shared.Return(rented);
        return packed;
    }

    private static Int64Column FromVarints(ReadOnlySpan<long> units, long min, ulong unit, bool deltaOfDelta, int byteCount, byte[] bounds)
    {
        byte[] encoded = new byte[byteCount];
        int blocks = (units.Length + BlockRows - 1) / BlockRows;
        byte[] offsets = new byte[blocks * sizeof(uint)];
        int at = 0;
        for (int block = 0; block < blocks; block++)
        {
            MemoryMarshal.Cast<byte, uint>(offsets.AsSpan())[block] = (uint)at;
            at += Int64Varints.Encode(Block(units, block), deltaOfDelta, encoded.AsSpan(at));
        }
        return new Int64Column(units.Length, deltaOfDelta ? Int64Encoding.DeltaOfDelta : Int64Encoding.Delta, min, unit, default, encoded, offsets, bounds);
    }

    // The greatest common divisor of all differences from the smallest value: 1,000 for the nanoseconds of a clock that counts microseconds, which saves ten
    // bits a value. Where there is none the first few values show it.
    private static ulong Unit(ReadOnlySpan<long> values, long min)
    {
        ulong unit = 0;
        foreach (long value in values)
        {
            ulong rest = unchecked((ulong)(value - min));
            while (rest != 0)
                (unit, rest) = (rest, unit % rest);
            if (unit == 1)
                break;
        }
        return unit;
    }

    private static long VarintBytes(ReadOnlySpan<long> units, bool deltaOfDelta)
    {
        long bytes = 0;
        for (int block = 0; block * BlockRows < units.Length; block++)
            bytes += Int64Varints.ByteCount(Block(units, block), deltaOfDelta);
        return bytes;
    }

    private static ReadOnlySpan<long> Block(ReadOnlySpan<long> values, int block) =>
        values.Slice(block * BlockRows, Math.Min(BlockRows, values.Length - block * BlockRows));

    // Smallest and largest of each chunk, 8 bytes each.
    private static byte[] ChunkBounds(ReadOnlySpan<long> values)
    {
        int chunks = ChunkCount(values.Length);
        byte[] bytes = new byte[chunks * 2 * sizeof(long)];
        Span<long> bounds = MemoryMarshal.Cast<byte, long>(bytes.AsSpan());
        for (int chunk = 0; chunk < chunks; chunk++)
            (bounds[chunk * 2], bounds[chunk * 2 + 1]) = Bounds(values.Slice(chunk * ChunkRows, Math.Min(ChunkRows, values.Length - chunk * ChunkRows)));
        return bytes;
    }

    private static int ChunkCount(int rowCount) => (int)(((long)rowCount + ChunkRows - 1) / ChunkRows);

    private static (long Min, long Max) Bounds(ReadOnlySpan<long> values)
    {
        if (values.IsEmpty)
            return (0, 0);
        long min = values[0], max = values[0];
        int vectorised = values.Length - values.Length % Vector<long>.Count;
        Vector<long> mins = new(min), maxs = mins;
        for (int i = 0; i < vectorised; i += Vector<long>.Count)
        {
            var next = new Vector<long>(values[i..]);
            mins = Vector.Min(mins, next);
            maxs = Vector.Max(maxs, next);
        }
        for (int i = 0; i < Vector<long>.Count; i++)
            (min, max) = (Math.Min(min, mins[i]), Math.Max(max, maxs[i]));
        foreach (long value in values[vectorised..])
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return (min, max);
    }
}
