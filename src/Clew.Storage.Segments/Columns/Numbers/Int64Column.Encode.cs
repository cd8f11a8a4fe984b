using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

internal sealed partial class Int64Column
{
    /// <summary>Chooses the encoding: the smallest, but bit-packed differences where varints save less than a fifth, because those are scanned without decoding.</summary>
    public static Int64Column From(ReadOnlySpan<long> values)
    {
        (long min, long max) = Bounds(values);
        byte[] bounds = ChunkBounds(values);
        if (min == max)
            return new Int64Column(values.Length, Int64Encoding.Constant, min, default, default, default, default);
        ulong range = unchecked((ulong)(max - min));
        long plain = (long)values.Length * sizeof(long);
        long packed = range <= uint.MaxValue ? BitPackedInts.ByteCount(BitPackedInts.WidthOf((uint)range), values.Length) : long.MaxValue;
        long delta = VarintBytes(values, min, deltaOfDelta: false);
        long deltaOfDelta = VarintBytes(values, min, deltaOfDelta: true);
        long varints = Math.Min(delta, deltaOfDelta);
        if (packed != long.MaxValue && packed <= varints + varints / 4)
            return new Int64Column(values.Length, Int64Encoding.Packed, min, Pack(values, min), default, default, bounds);
        if (varints >= plain - plain / 8)
            return new Int64Column(values.Length, Int64Encoding.Plain, 0, default, MemoryMarshal.AsBytes(values).ToArray(), default, bounds);
        return FromVarints(values, min, deltaOfDelta < delta, (int)varints, bounds);
    }

    private static Int64Column FromVarints(ReadOnlySpan<long> values, long min, bool deltaOfDelta, int byteCount, byte[] bounds)
    {
        byte[] encoded = new byte[byteCount];
        int blocks = (values.Length + BlockRows - 1) / BlockRows;
        byte[] offsets = new byte[blocks * sizeof(uint)];
        int at = 0;
        for (int block = 0; block < blocks; block++)
        {
            MemoryMarshal.Cast<byte, uint>(offsets.AsSpan())[block] = (uint)at;
            at += Int64Varints.Encode(Block(values, block), min, deltaOfDelta, encoded.AsSpan(at));
        }
        return new Int64Column(values.Length, deltaOfDelta ? Int64Encoding.DeltaOfDelta : Int64Encoding.Delta, min, default, encoded, offsets, bounds);
    }

    private static long VarintBytes(ReadOnlySpan<long> values, long min, bool deltaOfDelta)
    {
        long bytes = 0;
        for (int block = 0; block * BlockRows < values.Length; block++)
            bytes += Int64Varints.ByteCount(Block(values, block), min, deltaOfDelta);
        return bytes;
    }

    private static ReadOnlySpan<long> Block(ReadOnlySpan<long> values, int block) =>
        values.Slice(block * BlockRows, Math.Min(BlockRows, values.Length - block * BlockRows));

    private static BitPackedInts Pack(ReadOnlySpan<long> values, long min)
    {
        uint[] differences = new uint[values.Length];
        for (int i = 0; i < values.Length; i++)
            differences[i] = unchecked((uint)(values[i] - min));
        return BitPackedInts.Pack(differences);
    }

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
