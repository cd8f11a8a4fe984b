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
}
