using System.Runtime.InteropServices;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class PresenceBitmapTests
{
    [Fact]
    public void Rows_have_the_positions_a_plain_count_gives_them() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        bool[] present = RandomCases.Bools(random, random.Next(random.Next(4) > 0 ? 3000 : 3 * PresenceChunks.ChunkRows));
        int[] rows = [.. Enumerable.Range(0, present.Length).Where(row => present[row])];
        foreach (PresenceBitmap presence in Forms(rows, present.Length))
        {
            Assert.Equal(rows.Length, presence.Count);
            int[] inChunks = new int[PresenceChunks.CountOf(present.Length)];
            presence.CountChunks(inChunks);
            Assert.Equal(Enumerable.Range(0, inChunks.Length).Select(chunk => rows.Count(row => row / PresenceChunks.ChunkRows == chunk)), inChunks);
            int[] copied = new int[rows.Length];
            presence.CopyRows(copied);
            Assert.Equal(rows, copied);
            int position = 0;
            Assert.Equal(present.Select(bit => bit ? position++ : -1).ToArray(), Enumerable.Range(0, present.Length).Select(presence.Rank));
            Assert.Equal(present, Bitmaps.Scan(present.Length, result =>
            {
                result.Clear();
                presence.AddTo(result);
            }));
        }
    });

    [Fact]
    public void Reading_one_row_asks_for_its_chunk_only_and_finds_a_wrong_count()
    {
        bool[] present = [.. Enumerable.Range(0, 10_000).Select(row => row % 3 == 0)];
        int[] counts = [1366, 1365, 603];
        var right = PresenceBitmap.Known(new KnownRows([.. present.Select((bit, row) => bit && row / PresenceChunks.ChunkRows == 1)]), present.Length, counts);
        Assert.Equal(1366, right.Rank(4098));
        Assert.Equal(-1, right.Rank(4099));
        Assert.Equal(3334, right.Count);
        Assert.Throws<SegmentFormatException>(() => right.Rank(0));
        Assert.Throws<SegmentFormatException>(() => right.CopyRows(new int[3334]));
    }

    [Fact]
    public void Positions_expand_to_their_rows_and_add_to_what_was_there() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        bool[] present = RandomCases.Bools(random, random.Next(3000)), before = RandomCases.Bools(random, present.Length);
        int[] rows = [.. Enumerable.Range(0, present.Length).Where(row => present[row])];
        bool[] chosen = RandomCases.Bools(random, rows.Length);
        bool[] expected = [.. before];
        for (int position = 0; position < rows.Length; position++)
            expected[rows[position]] |= chosen[position];
        foreach (PresenceBitmap presence in Forms(rows, present.Length))
        {
            using RowBitmap positions = Bitmaps.From(chosen), result = Bitmaps.From(before);
            presence.Expand(positions, result);
            Assert.Equal(expected, result.ToBools());
        }
    });

    [Fact]
    public void Rows_compress_to_the_positions_of_their_values() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        bool[] present = RandomCases.Bools(random, random.Next(3000)), chosen = RandomCases.Bools(random, present.Length);
        int[] rows = [.. Enumerable.Range(0, present.Length).Where(row => present[row])];
        using RowBitmap asked = Bitmaps.From(chosen);
        foreach (PresenceBitmap presence in Forms(rows, present.Length))
            Assert.Equal(rows.Select(row => chosen[row]), Bitmaps.Scan(rows.Length, positions => presence.Compress(asked, positions)));
    });

    [Fact]
    public void The_scalar_extraction_takes_bits_from_where_the_mask_has_them()
    {
        Assert.Equal(ulong.MaxValue, PresenceBitmap.ExtractScalar(ulong.MaxValue, ulong.MaxValue));
        Assert.Equal(0b10UL, PresenceBitmap.ExtractScalar(1UL << 63, 1UL << 63 | 1));
        Assert.Equal(0b01UL, PresenceBitmap.ExtractScalar(0b0101, 0b1100));
    }

    [Fact]
    public void The_scalar_deposit_puts_bits_where_the_mask_has_them()
    {
        Assert.Equal(ulong.MaxValue, PresenceBitmap.DepositScalar(ulong.MaxValue, ulong.MaxValue));
        Assert.Equal(1UL << 63, PresenceBitmap.DepositScalar(0b10, 1UL << 63 | 1));
        Assert.Equal(0b0100UL, PresenceBitmap.DepositScalar(0b1, 0b1100));
    }

    private static PresenceBitmap[] Forms(int[] rows, int rowCount)
    {
        using RowBitmap bits = RowBitmap.Rent(rowCount);
        foreach (int row in rows)
            bits.Set(row);
        var chosen = PresenceBitmap.From(bits);
        int[] counts = new int[PresenceChunks.CountOf(rowCount)];
        chosen.CountChunks(counts);
        return
        [
            chosen,
            PresenceBitmap.Known(new KnownRows(bits.ToBools()), rowCount, counts),
            PresenceBitmap.View(MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), rowCount),
            ColumnBytes.RoundTrip(chosen.WriteTo, reader => PresenceBitmap.Read(reader, rowCount)),
        ];
    }
}
