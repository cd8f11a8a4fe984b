using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>What was acknowledged is found after any end of the process or the machine, and nothing is found that was never sent.</summary>
public sealed class StoreCrashTests
{
    private const int BatchesEach = 12;
    private static readonly SegmentStoreOptions Small = Stores.Options with { HeadRowsMax = 6, SegmentRowsMax = 24, MaintenanceInterval = TimeSpan.FromDays(1), SealWait = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_power_goes_at_any_operation()
    {
        bool powerWent = true;
        for (int at = 1; powerWent; at++)
        {
            for (int variant = 0; variant < 2; variant++)
                powerWent = await RunTwiceAsync(new FaultyFileSystem(at * 100 + variant) { PowerLossAt = at });
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_operations_fail_at_random_before_the_power_goes()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            await RunTwiceAsync(new FaultyFileSystem(seed)
            {
                Fails = (operation, _) => operation is FileOperation.Write or FileOperation.Flush or FileOperation.SyncDirectory
                    or FileOperation.Create or FileOperation.Rename or FileOperation.Delete && random.Next(8) == 0,
            });
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_disk_fills_up_before_the_power_goes()
    {
        for (int capacity = 0; capacity < 60_000; capacity += 3001)
            await RunTwiceAsync(new FaultyFileSystem(capacity) { CapacityBytes = capacity });
    }

    private static async Task<bool> RunTwiceAsync(FaultyFileSystem files)
    {
        var sent = new Sent();
        await RunAsync(files, sent);
        bool powerWent = files.IsOff;
        FaultyFileSystem second = files.Restart();
        second.PowerLossAt = 1 + files.Seed % 90;
        await RunAsync(second, sent);
        FaultyFileSystem third = second.Restart();
        await using SegmentStore store = await Stores.OpenAsync(third, Small, onIncident: static _ => { });
        await sent.CheckAsync(store, third);
        return powerWent;
    }

    private static async Task RunAsync(FaultyFileSystem files, Sent sent)
    {
        SegmentStore store;
        try
        {
            store = await Stores.OpenAsync(files, Small, onIncident: static _ => { });
        }
        catch (StoreIoException)
        {
            return;
        }
        await using (store)
        {
            await sent.CheckAsync(store, files);
            for (int batch = 0; batch < BatchesEach && !files.IsOff; batch++)
            {
                await sent.SendAsync(store);
                await MaintainAsync(store, batch);
            }
        }
    }

    private static async Task MaintainAsync(SegmentStore store, int batch)
    {
        try
        {
            if (batch % 3 == 1)
                await store.SealAsync();
            if (batch % 4 == 3)
                await store.CompactAsync(all: batch % 8 == 3);
        }
        catch (StoreIoException)
        {
            // Maintenance may fail as often as it likes.
        }
    }

    /// <summary>Spans that were sent, by whether the store promised to keep them.</summary>
    private sealed class Sent
    {
        private readonly Dictionary<Span, bool> spans = [];
        private int next;

        public async Task SendAsync(SegmentStore store)
        {
            // Traces go on over several batches, so that they lie across heads and segments.
            Span[] batch = [.. Enumerable.Range(0, 4).Select(_ => TestSpan.Of(new TraceId(1, (ulong)(1 + next / 7)), (ulong)++next))];
            bool acknowledged;
            try
            {
                await store.AppendAsync(batch);
                acknowledged = true;
            }
            catch (StoreUnavailableException)
            {
                acknowledged = false;
            }
            foreach (Span span in batch)
                spans[span] = acknowledged;
        }

        /// <summary>The store goes on working meanwhile, so the power may go at any moment; then nothing can be said.</summary>
        public async Task CheckAsync(SegmentStore store, FaultyFileSystem files)
        {
            try
            {
                await CheckAsync(store, files.Seed);
            }
            catch (Exception) when (files.IsOff)
            {
            }
        }

        private async Task CheckAsync(SegmentStore store, int seed)
        {
            foreach (IGrouping<TraceId, KeyValuePair<Span, bool>> trace in spans.GroupBy(span => span.Key.TraceId))
            {
                Trace? found = await store.GetTraceAsync(trace.Key, CancellationToken.None);
                IReadOnlyList<Span> stored = found?.Spans ?? [];
                Assert.True(trace.Where(span => span.Value).All(span => stored.Contains(span.Key)), $"seed {seed}: trace {trace.Key} has lost spans");
                Assert.True(stored.All(spans.ContainsKey), $"seed {seed}: trace {trace.Key} has spans nobody sent");
                Assert.True(stored.Distinct().Count() == stored.Count, $"seed {seed}: trace {trace.Key} has spans twice");
            }
            Assert.InRange(store.GetStatistics().Spans, spans.Count(span => span.Value), spans.Count);
        }
    }
}
