using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Clew.Storage.Segments.Traces;

/// <summary>
/// Bloom filters of several tables side by side: row by row, the bit of each table, so that a trace's few rows tell about all of them at once. One thread
/// changes bits, any number read; a reader must know which columns are its own, for the others change under it.
/// </summary>
internal sealed class TraceRows
{
    // Rows of a trace. With 12 to 18 rows a trace, more would save less looking in vain than the rows take to read.
    private const int RowsEach = 4;

    // Rows are read as words from any byte on: what is read beyond the last has to be there.
    private const int Padding = sizeof(ulong) - 1;

    // Nobody outside can choose ids that share rows.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly uint rowCount;
    private readonly byte[] bytes;

    /// <param name="rowCount">Rows.</param>
    /// <param name="stride">Bytes of a row, 1 to 8.</param>
    public TraceRows(uint rowCount, int stride)
    {
        this.rowCount = rowCount;
        Stride = stride;
        bytes = new byte[checked((int)(rowCount * stride) + Padding)];
    }

    /// <summary>Bytes of a row, for eight tables each.</summary>
    public int Stride { get; }

    /// <summary>What the rows of a trace are chosen by; equal for all <see cref="TraceRows"/> of the process.</summary>
    public static ulong Hash(ulong low)
    {
        // The finalizer of SplitMix64: every bit of the id changes half of those of the result.
        ulong value = low ^ Seed;
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return value ^ value >> 31;
    }

    /// <summary>A bit for each column that may have the trace. Those of columns beyond <see cref="Stride"/> mean nothing.</summary>
    public ulong Match(ulong hash)
    {
        uint at = (uint)hash, step = Step(hash);
        ulong columns = ulong.MaxValue;
        for (int i = 0; i < RowsEach; i++, at += step)
            columns &= BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(ByteOf(at)));
        return columns;
    }

    public void Add(ReadOnlySpan<ulong> lows, int column)
    {
        byte bit = (byte)(1 << (column & 7));
        foreach (ulong low in lows)
        {
            ulong hash = Hash(low);
            uint at = (uint)hash, step = Step(hash);
            for (int i = 0; i < RowsEach; i++, at += step)
                bytes[ByteOf(at) + (column >> 3)] |= bit;
        }
    }

    public void Clear(int column)
    {
        byte others = (byte)~(1 << (column & 7));
        for (int at = column >> 3; at < bytes.Length - Padding; at += Stride)
            bytes[at] &= others;
    }

    /// <summary>The same columns in wider rows.</summary>
    public TraceRows Widened(int stride)
    {
        var wider = new TraceRows(rowCount, stride);
        for (int row = 0; row < rowCount; row++)
            bytes.AsSpan(row * Stride, Stride).CopyTo(wider.bytes.AsSpan(row * stride));
        return wider;
    }

    private static uint Step(ulong hash) => (uint)(hash >> 32) | 1;

    private int ByteOf(uint at) => (int)((ulong)at * rowCount >> 32) * Stride;
}
