using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class RowBitmapTests
{
    [Fact]
    public void Every_operation_agrees_with_a_list_of_booleans() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int rowCount = random.Next(700);
        bool[] left = RandomCases.Bools(random, rowCount), right = RandomCases.Bools(random, rowCount);

        Check(left, right, (a, b) => a.And(b), (a, b) => a && b);
        Check(left, right, (a, b) => a.Or(b), (a, b) => a || b);
        Check(left, right, (a, b) => a.AndNot(b), (a, b) => a && !b);
        Check(left, right, (a, _) => a.Not(), (a, _) => !a);
        Check(left, right, (a, _) => a.SetAll(), (_, _) => true);
        Check(left, right, (a, _) => a.Clear(), (_, _) => false);
    });

    [Fact]
    public void A_range_of_rows_is_set_and_the_others_stay() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        bool[] before = RandomCases.Bools(random, random.Next(700));
        int from = random.Next(before.Length + 1), to = random.Next(before.Length + 1);
        using RowBitmap bitmap = Bitmaps.From(before);
        bitmap.SetRange(from, to);
        Assert.Equal(before.Select((bit, row) => bit || (row >= from && row < to)), bitmap.ToBools());
    });

    [Fact]
    public void A_rented_bitmap_is_empty_whatever_the_pool_held()
    {
        for (int i = 0; i < 10; i++)
        {
            using RowBitmap bitmap = RowBitmap.Rent(1000);
            Assert.True(bitmap.IsEmpty);
            Assert.Equal(-1, bitmap.Next(0));
            bitmap.SetAll();
            Assert.Equal(1000, bitmap.Count());
        }
    }

    [Fact]
    public void A_row_outside_is_refused()
    {
        using RowBitmap bitmap = RowBitmap.Rent(65);
        Assert.Throws<ArgumentOutOfRangeException>(() => bitmap.Set(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => bitmap.Set(-1));
    }

    [Fact]
    public void Bitmaps_of_different_lengths_cannot_be_combined()
    {
        using RowBitmap left = RowBitmap.Rent(64), right = RowBitmap.Rent(65);
        Assert.Throws<ArgumentException>(() => left.And(right));
    }

    private static void Check(bool[] left, bool[] right, Action<RowBitmap, RowBitmap> operation, Func<bool, bool, bool> oracle)
    {
        using RowBitmap a = Bitmaps.From(left), b = Bitmaps.From(right);
        operation(a, b);
        bool[] expected = [.. left.Zip(right, oracle)];
        Assert.Equal(expected, a.ToBools());
        Assert.Equal(expected.Count(bit => bit), a.Count());
        Assert.Equal(!expected.Contains(true), a.IsEmpty);
        Assert.Equal(Array.IndexOf(expected, true), a.Next(0));
        Assert.Equal(right, b.ToBools());
    }
}
