using System.Buffers;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>Makes one column of numbers of several, in another order of rows, and chooses its encoding.</summary>
internal static class NumberUnion
{
    public static Int64Column Unite(ReadOnlySpan<Placed<Int64Column>> inputs, int rowCount)
    {
        long[] rented = ArrayPool<long>.Shared.Rent(Math.Max(1, rowCount));
        try
        {
            Span<long> united = rented.AsSpan(0, rowCount);
            Gather(inputs, united);
            return Int64Column.From(united);
        }
        finally
        {
            ArrayPool<long>.Shared.Return(rented);
        }
    }

    /// <summary>Puts all values where they belong, without encoding them.</summary>
    public static void Gather(ReadOnlySpan<Placed<Int64Column>> inputs, Span<long> united)
    {
        foreach (Placed<Int64Column> input in inputs)
        {
            if (input.Column.Encoding == Int64Encoding.Plain)
            {
                Scatter(input.Column.PlainValues, input.Rows.Span, united);
                continue;
            }
            long[] decoded = ArrayPool<long>.Shared.Rent(Math.Max(1, input.Column.Count));
            input.Column.Read(0, decoded.AsSpan(0, input.Column.Count));
            Scatter(decoded.AsSpan(0, input.Column.Count), input.Rows.Span, united);
            ArrayPool<long>.Shared.Return(decoded);
        }
    }

    public static DoubleColumn Unite(ReadOnlySpan<Placed<DoubleColumn>> inputs, int rowCount)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Max(1, rowCount));
        try
        {
            Span<double> united = rented.AsSpan(0, rowCount);
            foreach (Placed<DoubleColumn> input in inputs)
            {
                double[] values = ArrayPool<double>.Shared.Rent(Math.Max(1, input.Column.Count));
                input.Column.Read(0, values.AsSpan(0, input.Column.Count));
                Scatter(values.AsSpan(0, input.Column.Count), input.Rows.Span, united);
                ArrayPool<double>.Shared.Return(values);
            }
            return DoubleColumn.From(united);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    public static BitPackedInts Unite(ReadOnlySpan<Placed<BitPackedInts>> inputs, int rowCount)
    {
        uint[] rented = ArrayPool<uint>.Shared.Rent(Math.Max(1, rowCount));
        try
        {
            Span<uint> united = rented.AsSpan(0, rowCount);
            Gather(inputs, united);
            return BitPackedInts.Pack(united);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(rented);
        }
    }

    /// <inheritdoc cref="Gather(ReadOnlySpan{Placed{Int64Column}}, Span{long})"/>
    public static void Gather(ReadOnlySpan<Placed<BitPackedInts>> inputs, Span<uint> united)
    {
        foreach (Placed<BitPackedInts> input in inputs)
        {
            uint[]? scratch = null;
            Scatter(Unpack(input.Column, ref scratch), input.Rows.Span, united);
            Return(scratch);
        }
    }

    public static FixedBytesColumn Unite(ReadOnlySpan<Placed<FixedBytesColumn>> inputs, int rowCount, int width)
    {
        byte[] united = new byte[checked(rowCount * width)];
        foreach (Placed<FixedBytesColumn> input in inputs)
        {
            ReadOnlySpan<int> rows = input.Rows.Span;
            ReadOnlySpan<byte> values = input.Column.Values;
            for (int i = 0; i < rows.Length; i++)
                values.Slice(i * width, width).CopyTo(united.AsSpan(rows[i] * width));
        }
        return new FixedBytesColumn(united, width);
    }

    /// <summary>All codes, where they lie or in an array of the pool, which the caller gives back (<see cref="Return"/>).</summary>
    public static ReadOnlySpan<uint> Unpack(BitPackedInts codes, scoped ref uint[]? scratch)
    {
        if (codes.Width == 32)
            return MemoryMarshal.Cast<byte, uint>(codes.Data.Span)[..codes.Count];
        scratch = ArrayPool<uint>.Shared.Rent(Math.Max(1, codes.Count));
        Span<uint> unpacked = scratch.AsSpan(0, codes.Count);
        if (codes.Width == 0)
            unpacked.Clear();
        else
            codes.Unpack(0, unpacked);
        return unpacked;
    }

    public static void Return(uint[]? scratch)
    {
        if (scratch is not null)
            ArrayPool<uint>.Shared.Return(scratch);
    }

    private static void Scatter<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows, Span<T> united)
    {
        for (int i = 0; i < rows.Length; i++)
            united[rows[i]] = values[i];
    }
}
