using System.Runtime.InteropServices;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class Int64ColumnTests
{
    [Fact]
    public void Values_read_back_one_by_one_and_in_bulk() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        long[] values = RandomCases.Int64s(random, random.Next(2000));
        foreach (Int64Column column in Forms(values))
        {
            Assert.Equal(values, Enumerable.Range(0, values.Length).Select(row => column[row]));
            int start = random.Next(values.Length + 1);
            long[] bulk = new long[random.Next(values.Length - start + 1)];
            column.Read(start, bulk);
            Assert.Equal(values.Skip(start).Take(bulk.Length), bulk);
        }
    });

    [Fact]
    public void A_range_finds_the_rows_a_plain_loop_finds() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        long[] values = RandomCases.Int64s(random, random.Next(3 * Int64Column.ChunkRows));
        if (random.Next(2) == 0)
            Array.Sort(values);
        long low = Probe(random, values), high = Probe(random, values);
        bool[] expected = [.. values.Select(value => value >= low && value <= high)];
        foreach (Int64Column column in Forms(values))
            Assert.Equal(expected, Bitmaps.Scan(values.Length, rows => column.InRange(low, high, rows)));
    }, count: 100);

    [Fact]
    public void A_range_among_some_rows_finds_those_of_them_that_a_plain_loop_finds() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        long[] values = RandomCases.Int64s(random, random.Next(3 * Int64Column.ChunkRows));
        bool[] chosen = RandomCases.Bools(random, values.Length);
        long low = Probe(random, values), high = Probe(random, values);
        bool[] expected = [.. values.Select((value, row) => chosen[row] && value >= low && value <= high)];
        using RowBitmap among = Bitmaps.From(chosen);
        foreach (Int64Column column in Forms(values))
        {
            Assert.Equal(expected, Bitmaps.Scan(values.Length, rows =>
            {
                column.InRange(low, high, among, rows);
                rows.And(among);
            }));
        }
    }, count: 100);

    [Fact]
    public void A_forward_reader_reads_any_row() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        long[] values = RandomCases.Int64s(random, 1 + random.Next(2000));
        foreach (Int64Column column in Forms(values))
        {
            var reader = new ForwardReader(column);
            int[] rows = [.. Enumerable.Range(0, 50).Select(_ => random.Next(values.Length)).Order(), random.Next(values.Length)];
            Assert.Equal(rows.Select(row => values[row]), rows.Select(row => reader[row]));
        }
    }, count: 50);

    [Fact]
    public void The_encoding_follows_the_values()
    {
        long[] rows = [.. Enumerable.Range(0, 5000).Select(i => (long)i)];
        var random = new Random(1);
        Assert.Equal(Int64Encoding.Constant, Int64Column.From([.. rows.Select(_ => 7L)]).Encoding);
        Assert.Equal(Int64Encoding.Packed, Int64Column.From([.. rows.Select(_ => (long)random.Next(600))]).Encoding);
        Assert.Equal(Int64Encoding.DeltaOfDelta, Int64Column.From([.. rows.Select(i => i * 1_000_000_000L + i % 3)]).Encoding);
        Assert.Equal(Int64Encoding.Delta, Int64Column.From([.. rows.Select(i => i / 8 * 7_919_000_000_019L % 3_600_000_000_000L + random.Next(1_000_000))]).Encoding);
        Assert.Equal(Int64Encoding.Bucketed, Int64Column.From([.. rows.Select(_ => random.NextInt64(1L << random.Next(5, 45)))]).Encoding);
        Assert.Equal(Int64Encoding.Plain, Int64Column.From([.. rows.Select(_ => random.NextInt64(long.MinValue, long.MaxValue))]).Encoding);
        Assert.Equal(0, Int64Column.From([]).Count);
    }

    [Fact]
    public void A_clock_of_microseconds_costs_no_nanoseconds()
    {
        var random = new Random(1);
        long[] values = [.. Enumerable.Range(0, 8000).Select(_ => 1_795_000_000_000_000_000 + random.Next(1 << 20) * 1000L)];
        Assert.Equal(8000 * 20 / 8, Int64Column.From(values).ValueBytes);
    }

    private static Int64Column[] Forms(long[] values)
    {
        Int64Column encoded = Int64Column.From(values);
        return [encoded, ColumnBytes.RoundTrip(encoded.WriteTo, reader => Int64Column.Read(reader, values.Length)), Int64Column.Plain(MemoryMarshal.AsBytes(values.AsSpan()).ToArray())];
    }

    private static long Probe(Random random, long[] values) => random.Next(6) switch
    {
        0 => long.MinValue,
        1 => long.MaxValue,
        2 => random.NextInt64(long.MinValue, long.MaxValue),
        _ when values.Length == 0 => 0,
        _ => unchecked(values[random.Next(values.Length)] + random.Next(-1, 2)),
    };
}
