using Clew.Storage.Segments.Store;

namespace Clew.Storage.Segments.Tests;

public sealed class SealingGarbageTests
{
    [Fact]
    public void A_collection_is_asked_for_when_as_much_was_allocated_as_may_be()
    {
        int collections = 0;
        var garbage = new SealingGarbage(bytesMax: 8 << 20, () => collections++);
        garbage.Limit();
        int before = collections;
        byte[][] left = [.. Enumerable.Range(0, 16).Select(_ => new byte[1 << 20])];
        garbage.Limit();

        Assert.Equal(16, left.Length);
        Assert.Equal(before + 1, collections);
    }

    [Fact]
    public void Without_a_bound_the_collector_is_left_alone()
    {
        var garbage = new SealingGarbage(bytesMax: null, () => Assert.Fail("asked for"));
        garbage.Limit();
        Assert.NotEmpty(new byte[16 << 20]);
        garbage.Limit();
    }
}
