using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class BitPackedIntsTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(0, 33)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Values_of_every_width_read_back_one_by_one_and_in_bulk(int bits) => Properties.ForAll(RandomCases.Seed, count: 20, body: seed =>
    {
        var random = new Random(seed);
        uint[] values = Values(random, bits);
        BitPackedInts packed = BitPackedInts.Pack(values);

        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => packed[i]));
        int start = random.Next(values.Length + 1);
        uint[] bulk = new uint[random.Next(values.Length - start + 1)], scalar = new uint[bulk.Length];
        packed.Unpack(start, bulk);
        packed.UnpackScalar(start, scalar);
        Assert.Equal(values.Skip(start).Take(bulk.Length), bulk);
        Assert.Equal(bulk, scalar);
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Scans_find_the_rows_a_plain_loop_finds(int bits) => Properties.ForAll(RandomCases.Seed, count: 20, body: seed =>
    {
        var random = new Random(seed);
        uint[] values = Values(random, bits);
        BitPackedInts packed = BitPackedInts.Pack(values);
        uint a = Probe(random, values), b = Probe(random, values);

        Assert.Equal(values.Select(v => v == a), Bitmaps.Scan(values.Length, rows => packed.EqualTo(a, rows)));
        Assert.Equal(values.Select(v => v >= a && v <= b), Bitmaps.Scan(values.Length, rows => packed.InRange(a, b, rows)));
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_scan_for_some_rows_is_right_about_those(int bits) => Properties.ForAll(RandomCases.Seed, count: 20, body: seed =>
    {
        var random = new Random(seed);
        uint[] values = Values(random, bits);
        uint code = Probe(random, values);
        // Whole stretches in which no row counts, and others where some do.
        int stretch = random.Next(1, 3000);
        bool[] wanted = [.. RandomCases.Bools(random, values.Length).Select((isWanted, row) => isWanted && row / stretch % 2 == 0)];
        using RowBitmap among = Bitmaps.From(wanted);
        bool[] found = Bitmaps.Scan(values.Length, rows => BitPackedInts.Pack(values).EqualTo(code, among, rows));
        Assert.Equal(values.Select((value, row) => wanted[row] && value == code), found.Zip(wanted, (isFound, isWanted) => isFound && isWanted));
    });

    [Fact]
    public void Codes_are_collected_and_counted_where_they_are_asked_for() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int codeCount = 1 + random.Next(random.Next(2) == 0 ? 20 : 5000);
        uint[] values = [.. Enumerable.Range(0, random.Next(4000)).Select(_ => (uint)random.Next(codeCount))];
        bool[] chosen = RandomCases.Bools(random, values.Length);
        using RowBitmap rows = Bitmaps.From(chosen), found = RowBitmap.Rent(codeCount);
        int[] counts = new int[codeCount], expected = new int[codeCount];
        foreach (uint value in values.Where((_, row) => chosen[row]))
            expected[value]++;
        BitPackedInts column = BitPackedInts.Pack(values);
        column.CountCodes(rows, counts);
        column.CollectCodes(rows, found);
        Assert.Equal(expected, counts);
        Assert.Equal(expected.Select(count => count > 0), found.ToBools());
    });

    [Fact]
    public void A_code_without_a_value_is_damage()
    {
        BitPackedInts column = BitPackedInts.Pack([0, 3]);
        using RowBitmap rows = Bitmaps.From([true, true]), found = RowBitmap.Rent(3);
        Assert.Throws<SegmentFormatException>(() => column.CollectCodes(rows, found));
        Assert.Throws<SegmentFormatException>(() => column.CountCodes(rows, new int[3]));
    }

    [Fact]
    public void A_set_of_codes_finds_the_rows_a_plain_loop_finds() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        uint[] values = Values(random, random.Next(1, 12));
        BitPackedInts packed = BitPackedInts.Pack(values);
        // Sets of one, a run, up to four apart, many, and codes that no row has: each takes another way.
        using RowBitmap codes = RowBitmap.Rent(random.Next(1, 5000));
        int first = random.Next(codes.RowCount);
        int members = random.Next(3) == 0 ? random.Next(codes.RowCount) : random.Next(6);
        bool run = random.Next(2) == 0;
        for (int i = 0; i < members; i++)
            codes.Set(run ? Math.Min(first + i, codes.RowCount - 1) : random.Next(codes.RowCount));

        Assert.Equal(values.Select(v => v < codes.RowCount && codes[(int)v]), Bitmaps.Scan(values.Length, rows => packed.InSet(codes, rows)));
    });

    [Fact]
    public void The_vector_loop_agrees_with_its_scalar_twin() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        double[] values = [.. RandomCases.Int64s(random, random.Next(300)).Select(BitConverter.Int64BitsToDouble)];
        var test = new InRange<double>(random.NextDouble() * -1e300, random.NextDouble() * 1e300);
        ulong[] vector = new ulong[RowBitmap.WordCount(values.Length)], scalar = new ulong[vector.Length];
        ValueScan.Run<double, InRange<double>>(values, test, vector);
        ValueScan.RunScalar<double, InRange<double>>(values, test, scalar);
        Assert.Equal(scalar, vector);
    });

    [Fact]
    public void A_slice_is_the_values_from_its_start()
    {
        uint[] values = [.. Enumerable.Range(0, 100).Select(i => (uint)i * 7)];
        BitPackedInts slice = BitPackedInts.Pack(values).Slice(16, 50);
        Assert.Equal(values.Skip(16).Take(50), Enumerable.Range(0, 50).Select(i => slice[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(3, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Slice(8, 43));
    }

    [Fact]
    public void Widths_that_no_shuffle_moves_are_rounded_up()
    {
        Assert.Equal(25, BitPackedInts.WidthOf((1u << 25) - 1));
        Assert.Equal(32, BitPackedInts.WidthOf(1u << 25));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BitPackedInts(new byte[100], 26, 1));
    }

    private static uint[] Values(Random random, int bits)
    {
        uint[] values = new uint[random.Next(3000)];
        foreach (ref uint value in values.AsSpan())
            value = (uint)(random.NextInt64() & ((1L << bits) - 1));
        return values;
    }

    private static uint Probe(Random random, uint[] values) =>
        values.Length > 0 && random.Next(4) > 0 ? values[random.Next(values.Length)] : (uint)random.NextInt64(1L << 32);
}
