namespace Clew.Storage.Tests;

public sealed class StoreRegistryTests
{
    [Fact]
    public async Task A_store_is_opened_by_its_name()
    {
        var registry = new StoreRegistry().Add("memory", _ => ValueTask.FromResult<ISpanStore>(new MemoryStore()));
        await using ISpanStore store = await registry.OpenAsync("memory", CancellationToken.None);
        Assert.IsType<MemoryStore>(store);
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_those_that_exist()
    {
        StoreRegistry registry = new StoreRegistry().Add("memory", _ => throw new InvalidOperationException()).Add("segments", _ => throw new InvalidOperationException());
        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await registry.OpenAsync("disk", CancellationToken.None));
        Assert.Contains("'disk'; there are: memory, segments", exception.Message, StringComparison.Ordinal);
    }
}
