using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class FixedBytesColumnTests
{
    [Fact]
    public void Values_are_found_where_rows_begin_and_nowhere_else() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int width = new[] { 1, 2, 8, 16, 20, 64 }[random.Next(6)];
        int count = random.Next(500);
        // Few different bytes, so that values also occur across rows.
        byte[] bytes = new byte[width * count];
        int kinds = random.Next(1, 4);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.Next(kinds);
        byte[][] values = [.. bytes.Chunk(width)];
        var column = new FixedBytesColumn(bytes, width);
        FixedBytesColumn read = ColumnBytes.RoundTrip(column.WriteTo, reader => FixedBytesColumn.Read(reader, count));
        byte[] wanted = count > 0 && random.Next(4) > 0 ? values[random.Next(count)] : new byte[random.Next(1, 20)];

        Assert.Equal(values, Enumerable.Range(0, count).Select(row => read[row].ToArray()));
        Assert.Equal(values.Select(value => value.AsSpan().SequenceEqual(wanted)), Bitmaps.Scan(count, rows => read.EqualTo(wanted, rows)));
    });

    [Fact]
    public void Values_looked_for_again_and_again_are_found_as_the_first_time() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int width = new[] { 4, 8, 9, 16, 32 }[random.Next(5)];
        byte[][] values = [.. Enumerable.Range(0, 5_000).Select(_ => RandomCases.Bytes(random, width))];
        // Some stand more than once.
        for (int i = 0; i < 100; i++)
            values[random.Next(values.Length)] = values[random.Next(values.Length)];
        var column = new FixedBytesColumn(values.SelectMany(value => value).ToArray(), width);
        int absentAndKnownToBe = 0;
        for (int round = 0; round < 50; round++)
        {
            byte[] wanted = round % 2 == 0 ? values[random.Next(values.Length)] : RandomCases.Bytes(random, round % 10 == 1 ? random.Next(1, 40) : width);
            bool[] expected = [.. values.Select(value => value.AsSpan().SequenceEqual(wanted))];
            Assert.Equal(expected, Bitmaps.Scan(values.Length, rows => column.EqualTo(wanted, rows)));
            if (expected.Contains(true))
                Assert.True(column.MayContain(wanted));
            else if (!column.MayContain(wanted))
                absentAndKnownToBe++;
        }
        if (width > sizeof(ulong))
            Assert.InRange(absentAndKnownToBe, 15, 25);
    }, count: 30);

    [Fact]
    public void A_filter_is_refused_where_there_is_no_room_for_it()
    {
        byte[] values = RandomCases.Bytes(new Random(1), 2_000 * 16);
        Assert.Null(ValueFilter.TryMake(values, 16, capacityBytes: 0));
        Assert.NotNull(ValueFilter.TryMake(values, 16, capacityBytes: long.MaxValue));
    }
}
