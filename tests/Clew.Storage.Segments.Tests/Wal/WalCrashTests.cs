using System.Collections.Concurrent;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

/// <summary>
/// What was acknowledged comes back at its position, whatever happened; beside it at most whole records that were appended and not acknowledged.
/// </summary>
public sealed class WalCrashTests
{
    private const int Writers = 3;
    private const int RecordsEach = 8;
    private static readonly WalOptions SmallFiles = new() { FileBytesMax = 700, GroupBytesMax = 600 };

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_power_goes_at_any_operation()
    {
        bool powerWent = true;
        for (int at = 1; powerWent; at++)
        {
            for (int variant = 0; variant < 6; variant++)
            {
                var files = new FaultyFileSystem(at * 100 + variant) { PowerLossAt = at };
                powerWent = await RunTwiceAsync(files);
            }
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_writes_and_flushes_fail_at_random_before_the_power_goes()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var files = new FaultyFileSystem(seed)
            {
                Fails = (operation, _) => operation is FileOperation.Write or FileOperation.Flush or FileOperation.SyncDirectory
                    or FileOperation.Create or FileOperation.Truncate or FileOperation.Delete && random.Next(6) == 0,
            };
            await RunTwiceAsync(files);
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_disk_fills_up_before_the_power_goes()
    {
        for (int capacity = 0; capacity < 3000; capacity += 37)
            await RunTwiceAsync(new FaultyFileSystem(capacity) { CapacityBytes = capacity });
    }

    /// <summary>A run, a restart, a second run that is cut short too, and a restart.</summary>
    /// <returns>Whether the power went during the first.</returns>
    private static async Task<bool> RunTwiceAsync(FaultyFileSystem files)
    {
        var promised = new Promises();
        await RunAsync(files, promised, firstId: 1000);
        bool powerWent = files.IsOff;
        FaultyFileSystem second = files.Restart();
        second.PowerLossAt = 1 + files.Seed % 40;
        await RunAsync(second, promised, firstId: 2000);
        FaultyFileSystem third = second.Restart();
        WalTesting.OpenedLog last = await WalTesting.ReplayAsync(third, promised.ReleasedBefore);
        promised.Check(last, third.Seed);
        return powerWent;
    }

    private static async Task RunAsync(FaultyFileSystem files, Promises promised, int firstId)
    {
        WalTesting.OpenedLog opened;
        try
        {
            opened = await WalTesting.OpenAsync(files, SmallFiles, replayFrom: promised.ReleasedBefore);
        }
        catch (StoreIoException)
        {
            return;
        }
        promised.Check(opened, files.Seed);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(opened.Log, promised, firstId + writer * RecordsEach))));
        await opened.Log.DisposeAsync();
    }

    private static async Task WriteAsync(WriteAheadLog log, Promises promised, int firstId)
    {
        for (int id = firstId; id < firstId + RecordsEach; id++)
        {
            try
            {
                long position = await log.AppendAsync(WalTesting.Record(id, 10 + id % 7 * 40));
                promised.Add(position, id);
                if (id % 4 == 0)
                {
                    promised.Release(position / 2);
                    log.ReleaseBefore(position / 2);
                }
            }
            catch (Exception exception) when (exception is StoreUnavailableException or StoreIoException)
            {
                // Refused: nothing was promised.
            }
        }
    }

    private sealed class Promises
    {
        private readonly ConcurrentDictionary<long, int> acknowledged = [];
        private long releasedBefore;

        public long ReleasedBefore => Volatile.Read(ref releasedBefore);

        public void Add(long position, int id) => Assert.True(acknowledged.TryAdd(position, id), $"position {position} was given twice");

        public void Release(long position)
        {
            lock (acknowledged)
                releasedBefore = Math.Max(releasedBefore, position);
        }

        public void Check(WalTesting.OpenedLog opened, int seed)
        {
            string context = $"seed {seed}: {string.Join(' ', opened.Damage)}";
            Assert.True(opened.Replayed.Zip(opened.Replayed.Skip(1)).All(pair => pair.First.Position < pair.Second.Position), context);
            Assert.True(opened.Ids.Distinct().Count() == opened.Replayed.Count, context);
            var replayed = opened.Replayed.ToDictionary(entry => entry.Position, entry => entry.Id);
            foreach ((long position, int id) in acknowledged.Where(entry => entry.Key >= ReleasedBefore))
                Assert.True(replayed.TryGetValue(position, out int found) && found == id, $"{position} is lost; {context}");
            Assert.True(opened.Log.NextPosition > acknowledged.Keys.DefaultIfEmpty(0).Max(), context);
            // Whatever was replayed is there to stay.
            foreach ((long position, int id) in replayed)
                acknowledged[position] = id;
        }
    }
}
