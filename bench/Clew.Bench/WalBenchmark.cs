using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Bench;

/// <summary>
/// Appending to the write-ahead log with an fsync before each acknowledgement, beside what the disk does without a log: as many bytes in one write, one flush. Runs in
/// turns in the directory for temporary files (<c>TMPDIR</c>), which should be on the disk that is meant.
/// </summary>
internal sealed class WalBenchmark
{
    /// <summary>512 spans of 88 bytes: what a request has as gzip.</summary>
    private const int BodyBytes = 45_000;

    private static readonly WalMetrics Metrics = new(new Meter("Clew.Store.Bench"));

    private readonly PhysicalFileSystem files = new();
    private readonly byte[] body = new byte[BodyBytes];
    private readonly TimeSpan roundTime;
    private readonly string root;

    private WalBenchmark(TimeSpan roundTime, string root)
    {
        this.roundTime = roundTime;
        this.root = root;
        new Random(1).NextBytes(body);
    }

    public static async Task<string> ReportAsync(int rounds, TimeSpan roundTime)
    {
        string root = Directory.CreateTempSubdirectory("clew-bench-").FullName;
        try
        {
            return await new WalBenchmark(roundTime, root).RunAsync(rounds);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private async Task<string> RunAsync(int rounds)
    {
        var report = new StringBuilder($"Write-ahead log, bodies of {BodyBytes} bytes, {rounds} rounds of {roundTime.TotalMilliseconds} ms in turns:\n");
        foreach (int senders in new[] { 1, 4, 16, 64 })
        {
            var floor = new Samples();
            var log = new Samples();
            // Both files stay open: what the file system does for a new one is not what is compared.
            using (var bare = new BareFile(files, NewDirectory(), body, senders))
            await using (WriteAheadLog opened = await OpenAsync(WalDurability.Fsync))
            {
                for (int round = 0; round < rounds; round++)
                {
                    // On a thread that does nothing else, like the log's.
                    await Task.Factory.StartNew(() => bare.Run(roundTime, floor), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                    await SendAsync(opened, senders, log);
                }
            }
            DeleteFiles();
            // Not in turns with the others: what it leaves to be written would be counted against whatever comes next.
            var osLog = new Samples();
            await using (WriteAheadLog opened = await OpenAsync(WalDurability.Os))
            {
                for (int round = 0; round < rounds / 2; round++)
                    await SendAsync(opened, senders, osLog);
            }
            DeleteFiles();
            report.AppendLine($"  {senders,2} senders   write + flush of {senders,2} bodies   {floor}")
                .AppendLine($"               log, fsync                    {log}   ratio of bytes {log.BytesPerSecond / floor.BytesPerSecond:F2}, of p50 {log.Percentile(0.5) / floor.Percentile(0.5):F2}")
                .AppendLine($"               log, os                       {osLog}");
        }
        return report.ToString();
    }

    private async Task<WriteAheadLog> OpenAsync(WalDurability durability)
    {
        WriteAheadLog log = await WriteAheadLog.OpenAsync(
            files, NewDirectory(), new WalOptions { Durability = durability }, Metrics, TimeProvider.System, 0, static (_, _) => ValueTask.CompletedTask, CancellationToken.None);
        // The first append creates the file.
        await log.AppendAsync(Record);
        return log;
    }

    private WalRecord Record => new(BatchFormat.OtlpProtobuf, BodyEncoding.Gzip, body);

    /// <summary>Senders that each wait for an answer before they send again, as an SDK's exporter does.</summary>
    private async Task SendAsync(WriteAheadLog log, int senders, Samples samples)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(SendOneAsync)));
        samples.AddTime(Stopwatch.GetElapsedTime(start));

        async Task SendOneAsync()
        {
            while (Stopwatch.GetElapsedTime(start) < roundTime)
            {
                long before = Stopwatch.GetTimestamp();
                await log.AppendAsync(Record);
                samples.Add(Stopwatch.GetElapsedTime(before), BodyBytes);
            }
        }
    }

    private string NewDirectory() => Directory.CreateDirectory(Path.Combine(root, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Not between rounds: freeing blocks (with <c>discard</c> telling the device) takes part in the next commits of the file system's journal.</summary>
    private void DeleteFiles()
    {
        foreach (string directory in Directory.EnumerateDirectories(root))
            Directory.Delete(directory, recursive: true);
        files.SyncDirectory(root);
    }

    /// <summary>The disk without a log: bodies in one write, and a flush.</summary>
    private sealed class BareFile : IDisposable
    {
        private readonly ReadOnlyMemory<byte>[] pieces;
        private readonly IStoreFile file;
        private long offset;

        public BareFile(PhysicalFileSystem files, string directory, byte[] body, int bodies)
        {
            pieces = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(body, bodies)];
            file = files.Create(Path.Combine(directory, "bare"));
            file.FlushToDisk();
            files.SyncDirectory(directory);
        }

        public void Run(TimeSpan time, Samples samples)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                long before = Stopwatch.GetTimestamp();
                file.Write(pieces, offset);
                file.FlushToDisk();
                offset += (long)pieces.Length * BodyBytes;
                samples.Add(Stopwatch.GetElapsedTime(before), (long)pieces.Length * BodyBytes);
            }
            samples.AddTime(Stopwatch.GetElapsedTime(start));
        }

        public void Dispose() => file.Dispose();
    }

    /// <summary>Times of single operations, and bytes over all of them.</summary>
    private sealed class Samples
    {
        private readonly Lock sync = new();
        private readonly List<double> timesMs = [];
        private double seconds;
        private long bytes;

        public double BytesPerSecond => bytes / seconds;

        public void Add(TimeSpan time, long byteCount)
        {
            lock (sync)
            {
                timesMs.Add(time.TotalMilliseconds);
                bytes += byteCount;
            }
        }

        public void AddTime(TimeSpan time) => seconds += time.TotalSeconds;

        public double Percentile(double share) => timesMs.Order().ElementAt((int)(share * (timesMs.Count - 1)));

        public override string ToString() =>
            $"{BytesPerSecond / 1e6,6:F1} MB/s, {bytes / BodyBytes / seconds,6:F0} bodies/s, p50 {Percentile(0.5),6:F2} ms, p99 {Percentile(0.99),6:F2} ms";
    }
}
