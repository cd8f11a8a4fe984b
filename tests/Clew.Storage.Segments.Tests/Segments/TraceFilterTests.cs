using Clew.Model;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class TraceFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(30_000)]
    public void What_is_there_is_always_known_and_of_what_is_not_at_most_one_in_a_hundred(int count)
    {
        var random = new Random(count);
        // Random ids as senders should make them, and numbers as test clients do.
        foreach (Func<int, ulong> ids in new Func<int, ulong>[] { _ => (ulong)random.NextInt64(), i => (ulong)i + 1 })
        {
            ulong[] lows = [.. Enumerable.Range(0, count).Select(ids)];
            TraceFilter filter = ColumnBytes.RoundTrip(TraceFilter.Of(lows).WriteTo, TraceFilter.Read);
            Assert.All(lows, low => Assert.True(filter.MayContain(low)));
            const int asked = 100_000;
            Assert.InRange(Enumerable.Range(0, asked).Count(i => filter.MayContain((ulong)random.NextInt64() | 1UL << 63)), 0, asked / 100);
            Assert.InRange(Enumerable.Range(0, asked).Count(i => filter.MayContain((1UL << 62) + (uint)(count + i + 1))), 0, asked / 100);
        }
    }

    [Fact]
    public void Its_blocks_begin_on_cache_lines_of_the_file()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        SegmentTesting.Of(files, 1, [SegmentRoundTripTests.One(1, 5)]).Dispose();
        byte[] content = files.Content(SegmentTesting.PathOf(1));
        int bits = content.AsSpan(64, 64).ToArray().Sum(value => int.PopCount(value));
        Assert.InRange(bits, 5, 7);
    }

    [Fact]
    public void Starts_are_covered_by_few_ranges_that_leave_the_widest_gaps_out() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        int clusters = random.Next(1, 25);
        long[] bases = [.. Enumerable.Range(0, clusters).Select(_ => SpanGen.BaseNs + random.NextInt64(1L << random.Next(1, 60)))];
        long[] starts = [.. Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(10) == 0 ? 0 : random.Next(40) == 0 ? long.MinValue + random.Next(3) : bases[random.Next(clusters)] + random.Next(1000))];
        TimeRange[] ranges = StartRanges.Of(starts);
        Assert.InRange(ranges.Length, starts.Any(start => start != 0) ? 1 : 0, StartRanges.CountMax);
        Assert.All(starts.Where(start => start != 0), start => Assert.Single(ranges, range => range.Contains(start)));
        // Both ends of a range are starts, and ranges ascend.
        Assert.All(ranges, range => Assert.True(starts.Contains(range.FromNs) && starts.Contains(range.ToNs)));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.ToNs < pair.Second.FromNs));
    });

    [Fact]
    public void One_wild_clock_does_not_widen_the_range_of_the_others()
    {
        long[] starts = [.. Enumerable.Range(0, 1000).Select(i => SpanGen.BaseNs + i * 1_000_000L), 1, 4_000_000_000_000_000_000];
        Assert.Equal([new TimeRange(1, 1), new TimeRange(SpanGen.BaseNs, SpanGen.BaseNs + 999_000_000L), new TimeRange(4_000_000_000_000_000_000, 4_000_000_000_000_000_000)], StartRanges.Of(starts));
    }
}
