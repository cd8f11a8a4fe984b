using System.Runtime.InteropServices;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class DoubleColumnTests
{
    [Fact]
    public void Values_read_back_bit_by_bit() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        double[] values = Values(new Random(seed));
        foreach (DoubleColumn column in Forms(values))
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), Enumerable.Range(0, values.Length).Select(row => BitConverter.DoubleToInt64Bits(column[row])));
    });

    [Fact]
    public void A_range_finds_the_rows_a_plain_loop_finds() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        double[] values = Values(random);
        double low = Probe(random, values), high = Probe(random, values);
        bool[] expected = [.. values.Select(value => value >= low && value <= high)];
        foreach (DoubleColumn column in Forms(values))
            Assert.Equal(expected, Bitmaps.Scan(values.Length, rows => column.InRange(low, high, rows)));
    });

    [Fact]
    public void Whole_numbers_are_kept_as_integers_and_negative_zero_is_none()
    {
        double[] whole = [.. Enumerable.Range(0, 1000).Select(i => i % 16 * 1.0)];
        Assert.Equal(500, DoubleColumn.From(whole).ValueBytes);
        Assert.Equal(8008, DoubleColumn.From([.. whole, -0.0]).ValueBytes);
    }

    private static DoubleColumn[] Forms(double[] values)
    {
        DoubleColumn encoded = DoubleColumn.From(values);
        return [encoded, ColumnBytes.RoundTrip(encoded.WriteTo, reader => DoubleColumn.Read(reader, values.Length)), DoubleColumn.Plain(MemoryMarshal.AsBytes(values.AsSpan()).ToArray())];
    }

    private static double[] Values(Random random)
    {
        int kind = random.Next(4);
        double[] values = new double[random.Next(2 * Int64Column.ChunkRows)];
        foreach (ref double value in values.AsSpan())
        {
            value = kind switch
            {
                0 => random.Next(-5, 5),
                1 => random.NextDouble() * 100,
                2 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                _ => Odd(random),
            };
        }
        return values;
    }

    private static double Probe(Random random, double[] values) =>
        values.Length > 0 && random.Next(2) == 0 ? values[random.Next(values.Length)] : random.Next(2) == 0 ? Odd(random) : random.NextDouble() * 100;

    private static double Odd(Random random) =>
        new[] { 0.0, -0.0, 1.5, 1e300, -5e-324, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 9007199254740992, 9223372036854775808, 0.1 }[random.Next(11)];
}
