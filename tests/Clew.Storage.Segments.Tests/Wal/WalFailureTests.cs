using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests.Wal;

public sealed class WalFailureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_failed_write_or_flush_fails_its_group_and_the_next_goes_to_another_file(int failed)
    {
        FileOperation failing = failed == 0 ? FileOperation.Write : FileOperation.Flush;
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        await opened.Log.AppendAsync(WalTesting.Record(1));
        files.Fails = (operation, _) => operation == failing;
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(2)));
        Assert.Contains($"Cannot {failing} '{WalTesting.LogFiles(files)[0]}'", exception.Message, StringComparison.Ordinal);
        files.Fails = null;
        Assert.Null(opened.Log.Problem);
        Assert.Equal(2, await opened.Log.AppendAsync(WalTesting.Record(3)));
        await opened.Log.DisposeAsync();
        Assert.Equal(2, WalTesting.LogFiles(files).Length);
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files);
        Assert.Equal([(1L, 1), (2L, 3)], again.Replayed);
        Assert.Empty(again.Damage);
    }

    [Fact]
    public async Task A_record_of_a_failed_group_that_got_to_the_disk_gives_way_to_the_one_that_took_its_position()
    {
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        files.Fails = (operation, path) => operation == FileOperation.Truncate
            || (operation == FileOperation.Flush && files.Content(path).Length > WalFileHeader.Bytes);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(1)));
        files.Fails = null;
        Assert.Equal(1, await opened.Log.AppendAsync(WalTesting.Record(2)));
        await opened.Log.DisposeAsync();
        Assert.All(WalTesting.LogFiles(files), path => Assert.True(files.Content(path).Length > WalFileHeader.Bytes));
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files);
        Assert.Equal([(1L, 2)], again.Replayed);
        Assert.Empty(again.Damage);
    }

    [Fact]
    public async Task A_full_disk_refuses_appends_without_touching_it_until_a_probe_finds_space()
    {
        var time = new ManualTime();
        var options = new WalOptions { RecoveryBytesMin = 10_000 };
        var files = new FaultyFileSystem(1) { CapacityBytes = 300 };
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, options, time);
        await opened.Log.AppendAsync(WalTesting.Record(1));
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(2, 1000)));
        Assert.Equal($"The disk is full: nothing can be stored in '{WalTesting.Directory}' until space is freed. What is stored can be read.", exception.Message);
        Assert.Equal(exception.Message, opened.Log.Problem);
        int operations = files.Operations;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(3)));
        Assert.Equal(operations, files.Operations);

        // Not enough: it would be full again at once.
        var probed = new SemaphoreSlim(0);
        files.Before = (operation, _) =>
        {
            if (operation == FileOperation.FreeBytes)
                probed.Release();
        };
        files.CapacityBytes = 9_000;
        time.Advance(options.ProbeInterval);
        Assert.True(await probed.WaitAsync(Patience));
        Assert.NotNull(opened.Log.Problem);

        files.CapacityBytes = 100_000;
        await Eventually.True(
            () =>
            {
                time.Advance(options.ProbeInterval);
                return Task.FromResult(opened.Log.Problem is null);
            },
            Patience,
            () => "the log did not notice that there is space");
        Assert.Equal(2, await opened.Log.AppendAsync(WalTesting.Record(4, 1000)));
        await opened.Log.DisposeAsync();
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files);
        Assert.Equal([(1L, 1), (2L, 4)], again.Replayed);
        Assert.Empty(again.Damage);
    }

    [Fact]
    public async Task Appends_that_queue_up_during_a_flush_share_the_next()
    {
        using var block = new FlushBlock();
        var files = new FaultyFileSystem(1) { Before = block.OnOperation };
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        await opened.Log.AppendAsync(WalTesting.Record(0));
        block.Arm();
        Task<long> first = opened.Log.AppendAsync(WalTesting.Record(1));
        await block.Entered;
        Task<long>[] others = [.. Enumerable.Range(2, 20).Select(id => opened.Log.AppendAsync(WalTesting.Record(id)))];
        int operations = files.Operations;
        block.Release();
        await Task.WhenAll([first, .. others]);
        // The blocked flush, then one write and one flush for all the others.
        Assert.Equal(operations + 3, files.Operations);
        await opened.Log.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_for_a_slow_disk_is_bounded()
    {
        using var block = new FlushBlock();
        var files = new FaultyFileSystem(1) { Before = block.OnOperation };
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, new WalOptions { QueueBytesMax = 1000 });
        block.Arm();
        Task<long> first = opened.Log.AppendAsync(WalTesting.Record(1));
        await block.Entered;
        // Larger than the bound, but alone.
        Task<long> large = opened.Log.AppendAsync(WalTesting.Record(2, 5000));
        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(4)));
        Assert.Contains("The disk is too slow", exception.Message, StringComparison.Ordinal);
        block.Release();
        Assert.Equal(2, await large);
        Assert.Equal(3, await opened.Log.AppendAsync(WalTesting.Record(4)));
        await opened.Log.DisposeAsync();
    }

    [Fact]
    public async Task Closing_writes_what_is_queued_and_refuses_what_comes_after()
    {
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        Task<long>[] appends = [.. Enumerable.Range(1, 50).Select(id => opened.Log.AppendAsync(WalTesting.Record(id)))];
        await opened.Log.DisposeAsync();
        Assert.All(appends, append => Assert.True(append.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => opened.Log.AppendAsync(WalTesting.Record(51)));
        Assert.Equal(50, (await WalTesting.ReplayAsync(files.Restart())).Replayed.Count);
    }

    [Fact]
    public async Task With_durability_os_an_append_waits_for_no_flush_and_a_timer_flushes_what_was_written()
    {
        var time = new ManualTime();
        var options = new WalOptions { Durability = WalDurability.Os };
        var flushed = new SemaphoreSlim(0);
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, options, time);
        await opened.Log.AppendAsync(WalTesting.Record(1));
        files.Before = (operation, _) =>
        {
            if (operation == FileOperation.Flush)
                flushed.Release();
        };
        await opened.Log.AppendAsync(WalTesting.Record(2));
        time.Advance(options.OsSyncInterval / 2);
        await opened.Log.AppendAsync(WalTesting.Record(3));
        Assert.Equal(0, flushed.CurrentCount);
        time.Advance(options.OsSyncInterval / 2);
        Assert.True(await flushed.WaitAsync(Patience));
        // The next append is after the flush in the committer's order.
        await opened.Log.AppendAsync(WalTesting.Record(4));
        Assert.True((await WalTesting.ReplayAsync(files.Restart())).Replayed.Count >= 3);
    }

    /// <summary>Holds the committer inside a flush.</summary>
    private sealed class FlushBlock : IDisposable
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim gate = new();
        private volatile bool armed;

        public Task Entered => entered.Task.WaitAsync(Patience);

        public void Arm() => armed = true;

        public void Release() => gate.Set();

        public void OnOperation(FileOperation operation, string path)
        {
            if (!armed || operation != FileOperation.Flush)
                return;
            armed = false;
            entered.SetResult();
            Assert.True(gate.Wait(Patience));
        }

        public void Dispose() => gate.Dispose();
    }
}
