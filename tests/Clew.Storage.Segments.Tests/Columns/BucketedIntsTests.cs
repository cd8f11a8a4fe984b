using System.Buffers.Binary;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class BucketedIntsTests
{
    [Fact]
    public void Values_of_any_lengths_come_back_and_ranges_find_what_a_plain_loop_finds() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        long[] values = Wide(random, 1 + random.Next(3 * Int64Column.ChunkRows / 2));
        int[] counts = new int[BucketTable.LengthCount];
        BucketedInts.CountLengths(values, counts);
        var table = BucketTable.For(counts);
        Assert.InRange(table.Count, 1, 256);
        var bucketed = BucketedInts.From(values, table, counts);
        Assert.Equal(BucketedInts.ByteCount(table, counts, values.Length), BucketTable.LengthCount + SectionHeader.ByteCount + values.Length + bucketed.Runs.Length + bucketed.Distances.Length);
        Assert.Equal(values.Select(value => (ulong)value), Enumerable.Range(0, values.Length).Select(row => bucketed[row]));
        int start = random.Next(values.Length);
        ulong[] some = new ulong[random.Next(values.Length - start + 1)];
        bucketed.Read(start, some);
        Assert.Equal(values.Skip(start).Take(some.Length).Select(value => (ulong)value), some);
        for (int i = 0; i < 4; i++)
        {
            ulong low = Probe(random, values), high = i == 0 ? low : Probe(random, values);
            Assert.Equal(values.Select(value => (ulong)value >= low && (ulong)value <= high), Bitmaps.Scan(values.Length, rows => Scan(bucketed, low, high, rows)));
        }
    }, count: 150);

    [Fact]
    public void Buckets_are_finer_where_more_values_are()
    {
        int[] counts = new int[BucketTable.LengthCount];
        (counts[15], counts[20], counts[30]) = (1, 1000, 200);
        var table = BucketTable.For(counts);
        // 128 of 256 for the most, 64 for the next, and as many are left for one value.
        Assert.Equal((6, 7, 6), (table.BitsOf[15], table.BitsOf[20], table.BitsOf[30]));
        Assert.Equal(255, table.BitsOf[11]);
        Assert.Equal(table.Firsts[..table.Count].ToArray(), table.Firsts[..table.Count].ToArray().Order());
    }

    [Fact]
    public void A_table_that_no_writer_writes_is_none()
    {
        byte[] none = [.. Enumerable.Repeat(byte.MaxValue, BucketTable.LengthCount)];
        Assert.Null(BucketTable.TryRead(none));
        Assert.NotNull(BucketTable.TryRead(With(none, 20, 8)));
        Assert.Null(BucketTable.TryRead(With(none, 20, 9)));
        Assert.Null(BucketTable.TryRead(With(none, 5, 5)));
        Assert.Null(BucketTable.TryRead(With(none, 0, 1)));
        Assert.Null(BucketTable.TryRead(With(With(none, 20, 8), 21, 0)));
    }

    [Fact]
    public void The_stored_bytes_are_those_that_the_format_says()
    {
        // 5, 1000 and 1001 above the smallest, in thousands: lengths 0, 3, 10 and 10.
        long[] values = [7, 5_007, 1_000_007, 1_001_007];
        int[] counts = new int[BucketTable.LengthCount];
        long[] units = [0, 5, 1000, 1001];
        BucketedInts.CountLengths(units, counts);
        var bucketed = BucketedInts.From(units, BucketTable.For(counts), counts);
        // Two values of ten bits get 128 buckets of four numbers, the one of three its four of one.
        Assert.Equal([0, 255, 255, 2, 255, 255, 255, 255, 255, 255, 7], bucketed.Table.BitsOf[..11].ToArray());
        Assert.Equal([0, 2, 5 + 122, 5 + 122], bucketed.Buckets.Data.ToArray());
        Assert.Equal([0, 0, 0, 0], bucketed.Runs.ToArray());
        Assert.Equal([0b0100, 0, 0, 0, 0, 0, 0, 0, 0], bucketed.Distances.ToArray());
        Assert.Equal(values, units.Select(unit => 7 + unit * 1000));
    }

    [Fact]
    public void A_column_of_durations_is_read_back_from_its_section()
    {
        var random = new Random(8);
        long[] values = [.. Enumerable.Range(0, 5000).Select(_ => 1_000 + (long)Math.Exp(14 + 1.2 * Gaussian(random)))];
        var column = Int64Column.From(values);
        Assert.Equal(Int64Encoding.Bucketed, column.Encoding);
        Assert.InRange(column.ValueBytes, 1, 5000 * 3);
        byte[] bytes = ColumnBytes.Write(column.WriteTo);
        Assert.Equal((2, (byte)Int64Encoding.Bucketed), (bytes[2], bytes[SectionHeader.ByteCount]));
        var read = Int64Column.Read(new ColumnReader(bytes), values.Length);
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(row => read[row]));
    }

    [Fact]
    public void Damaged_buckets_and_distances_are_refused_or_other_values()
    {
        var random = new Random(9);
        byte[] valid = ColumnBytes.Write(Int64Column.From([.. Enumerable.Range(0, 1000).Select(_ => 1L << random.Next(3, 50) | (long)random.Next(1 << 20))]).WriteTo);
        for (int seed = 0; seed < 2000; seed++)
        {
            byte[] broken = [.. valid];
            var breaking = new Random(seed);
            for (int times = breaking.Next(1, 4); times > 0; times--)
                broken[breaking.Next(2) == 0 ? breaking.Next(broken.Length) : SectionHeader.ByteCount + breaking.Next(120)] = (byte)breaking.Next(256);
            Mend(broken);
            try
            {
                var column = Int64Column.Read(new ColumnReader(broken), 1000);
                Bitmaps.Scan(1000, rows => column.InRange(breaking.NextInt64(), long.MaxValue, rows));
                column.Read(0, new long[1000]);
                _ = column[breaking.Next(1000)];
            }
            catch (SegmentFormatException)
            {
                // What broken bytes should give.
            }
        }
    }

    private static void Mend(byte[] bytes)
    {
        for (int at = 0; at <= bytes.Length - SectionHeader.ByteCount;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            if (length < 0 || length > bytes.Length - at - SectionHeader.ByteCount)
                return;
            SectionHeader.Read(bytes.AsSpan(at)).WriteTo(bytes.AsSpan(at), bytes.AsSpan(at + SectionHeader.ByteCount, length));
            at += SectionHeader.ByteCount + length;
        }
    }

    private static void Scan(BucketedInts bucketed, ulong low, ulong high, RowBitmap rows)
    {
        for (int start = 0; start < rows.RowCount; start += Int64Column.ChunkRows)
        {
            int count = Math.Min(Int64Column.ChunkRows, rows.RowCount - start);
            bucketed.InRange(start, count, low, high, rows.Words.Slice(start >> 6, RowBitmap.WordCount(count)));
        }
    }

    private static byte[] With(byte[] table, int length, byte bits) => [.. table[..length], bits, .. table[(length + 1)..]];

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // From all of one length to all lengths, with the extremes.
    private static long[] Wide(Random random, int count)
    {
        int least = random.Next(64), most = random.Next(least, 64);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(50) switch
        {
            0 => 0,
            1 => -1,
            _ => (long)(1UL << random.Next(least, most + 1)) | random.NextInt64() & ((1L << random.Next(least, most + 1)) - 1),
        })];
    }

    private static ulong Probe(Random random, long[] values) => random.Next(5) switch
    {
        0 => (ulong)random.NextInt64(),
        1 => 1UL << random.Next(64),
        2 => 0,
        _ => unchecked((ulong)values[random.Next(values.Length)] + (ulong)random.Next(-1, 2)),
    };
}
