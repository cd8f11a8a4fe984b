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
        var report = new StringBuilder($"Write-ahead log, bodies of {BodyBytes} bytes, {rounds} rounds in turns:\n");
        foreach (int writers in new[] { 1, 4, 16, 64 })
        {
            var floor = new Samples();
            var log = new Samples();
            var osLog = new Samples();
            for (int round = 0; round < rounds; round++)
            {
                // Either is first as often as the other.
                if (round % 2 == 0)
                    Floor(writers, floor);
                await LogAsync(writers, WalDurability.Fsync, log);
                if (round % 2 == 1)
                    Floor(writers, floor);
            }
            DeleteFiles();
            // Not in turns with the others: what it leaves to be written would be counted against whatever comes next.
            for (int round = 0; round < rounds; round++)
            {
                await LogAsync(writers, WalDurability.Os, osLog);
                DeleteFiles();
            }
            report.AppendLine($"  {writers,2} senders   write + flush of {writers,2} bodies   {floor}")
                .AppendLine($"               log, fsync                    {log}   ratio of bytes {log.BytesPerSecond / floor.BytesPerSecond:F2}, of p50 {log.Percentile(0.5) / floor.Percentile(0.5):F2}")
                .AppendLine($"               log, os                       {osLog}");
        }
        return report.ToString();
    }

    private void Floor(int bodies, Samples samples)
    {
        string directory = NewDirectory();
        string path = Path.Combine(directory, "floor");
        ReadOnlyMemory<byte>[] pieces = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(body, bodies)];
        using (IStoreFile file = files.Create(path))
        {
            file.FlushToDisk();
            files.SyncDirectory(directory);
            long start = Stopwatch.GetTimestamp();
            for (long offset = 0; Stopwatch.GetElapsedTime(start) < roundTime; offset += (long)bodies * BodyBytes)
            {
                long before = Stopwatch.GetTimestamp();
                file.Write(pieces, offset);
                file.FlushToDisk();
                samples.Add(Stopwatch.GetElapsedTime(before), (long)bodies * BodyBytes);
            }
            samples.AddTime(Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task LogAsync(int writers, WalDurability durability, Samples samples)
    {
        string directory = NewDirectory();
        var options = new WalOptions { Durability = durability };
        await using (WriteAheadLog log = await WriteAheadLog.OpenAsync(
            files, directory, options, Metrics, TimeProvider.System, 0, static (_, _) => ValueTask.CompletedTask, CancellationToken.None))
        {
            var record = new WalRecord(BatchFormat.OtlpProtobuf, BodyEncoding.Gzip, body, default, 1);
            // The first append creates the file.
            await log.AppendAsync(record);
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(SendAsync)));
            samples.AddTime(Stopwatch.GetElapsedTime(start));

            async Task SendAsync()
            {
                while (Stopwatch.GetElapsedTime(start) < roundTime)
                {
                    long before = Stopwatch.GetTimestamp();
                    await log.AppendAsync(record);
                    samples.Add(Stopwatch.GetElapsedTime(before), BodyBytes);
                }
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
