using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Unsigned integers of one bit width, laid end to end from the lowest bit of the first byte up. A view: it owns nothing and changes nothing, so any
/// thread may read it. Codes of 8, 16 and 32 bits are scanned where they lie, others are unpacked a block at a time (see docs/format/columns.md).
/// </summary>
internal readonly partial struct BitPackedInts
{
    /// <summary>Widest that is not rounded up to 32: 25 bits that start anywhere in a byte still lie within four, which is what one shuffle can move.</summary>
    public const int NarrowWidthMax = 25;

    private readonly ReadOnlyMemory<byte> data;

    /// <param name="data">At least <see cref="ByteCount"/> bytes.</param>
    /// <param name="width">Bits a value: 0 to <see cref="NarrowWidthMax"/>, or 32.</param>
    /// <param name="count">How many values.</param>
    public BitPackedInts(ReadOnlyMemory<byte> data, int width, int count)
    {
        if (!IsWidth(width))
            throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width that codes can have.");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        this.data = data[..checked((int)ByteCount(width, count))];
        Width = width;
        Count = count;
    }

    public int Width { get; }

    public int Count { get; }

    public ReadOnlyMemory<byte> Data => data;

    public uint this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Read(data.Span, Width, index);
        }
    }

    public static bool IsWidth(int width) => width is >= 0 and <= NarrowWidthMax or 32;

    /// <summary>The narrowest width for values up to <paramref name="max"/>.</summary>
    public static int WidthOf(uint max)
    {
        int bits = 32 - BitOperations.LeadingZeroCount(max);
        return bits <= NarrowWidthMax ? bits : 32;
    }

    public static long ByteCount(int width, int count) => ((long)width * count + 7) >> 3;

    public static BitPackedInts Pack(ReadOnlySpan<uint> values)
    {
        uint max = 0;
        foreach (uint value in values)
            max |= value;
        int width = WidthOf(max);
        byte[] data = new byte[checked((int)ByteCount(width, values.Length))];
        if (width > 0)
            Write(values, width, data);
        return new BitPackedInts(data, width, values.Length);
    }

    /// <summary>The values from <paramref name="start"/> on. The start is a multiple of 8, so that it is a whole byte at every width.</summary>
    public BitPackedInts Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(start & 7, 0, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + count, Count, nameof(count));
        return new BitPackedInts(data[(int)((long)start * Width >> 3)..], Width, count);
    }

    private static void Write(ReadOnlySpan<uint> values, int width, Span<byte> data)
    {
        ulong pending = 0;
        int bits = 0;
        foreach (uint value in values)
        {
            pending |= (ulong)value << bits;
            bits += width;
            if (bits < 32)
                continue;
            // At most 31 bits were waiting and at most 32 came, so the low half is full and the rest fits the next turn.
            BinaryPrimitives.WriteUInt32LittleEndian(data, (uint)pending);
            data = data[4..];
            pending >>= 32;
            bits -= 32;
        }
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)(pending >> (8 * i));
    }

    private static uint Read(ReadOnlySpan<byte> data, int width, int index)
    {
        long bit = (long)index * width;
        int at = (int)(bit >> 3);
        // Five bytes hold any value; eight are read where there are eight.
        ulong window = data.Length - at >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(data[at..]) : ReadEnd(data[at..]);
        return (uint)(window >> (int)(bit & 7) & ((1UL << width) - 1));
    }

    private static ulong ReadEnd(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        bytes.CopyTo(padded);
        return MemoryMarshal.Read<ulong>(padded);
    }
}
