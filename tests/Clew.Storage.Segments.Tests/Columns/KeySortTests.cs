using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

public sealed class KeySortTests
{
    [Fact]
    public void Keys_are_sorted_with_what_belongs_to_each() => Properties.ForAll(RandomCases.Seed, seed =>
    {
        var random = new Random(seed);
        // Some bytes are the same in all, and some keys come several times.
        ulong varying = (ulong)random.NextInt64() & (ulong)random.NextInt64() << random.Next(40), rest = (ulong)random.NextInt64();
        ulong[] keys = [.. Enumerable.Range(0, random.Next(3000)).Select(_ => rest & ~varying | (ulong)random.NextInt64() & varying)];
        int[] items = [.. Enumerable.Range(0, keys.Length)];
        ulong[] sorted = [.. keys];
        KeySort.Sort(sorted, items);
        Assert.Equal(keys.Order(), sorted);
        Assert.Equal(sorted, items.Select(item => keys[item]));
        Assert.Equal(items.Length, items.Distinct().Count());
    }, count: 100);
}
