using System.Diagnostics;
using System.Diagnostics.Metrics;
using Clew.Formats;
using Clew.Model;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Wal;

namespace Clew.Bench.Store;

/// <summary>
/// The table of the embedded store: the real server in a process of its own is sent traffic and measured from outside; then its data directory is opened here and
/// asked. Needs a built server (<c>./clew --version</c> builds it) and some 60 bytes of disk a span.
/// </summary>
internal sealed class StoreReport(string serverAssembly, string directory, long spansWanted, TextWriter output)
{
    private const int SpansEach = 1000;

    // As many as there are in flight with a few dozen senders.
    private const int Connections = 16;

    // About what 1,000 spans of this traffic take as gzip.
    private const int GzipRequestBytes = 90_000;

    private readonly List<TraceId> knownTraces = [];
    private readonly double floorNs = Floor();
    private long startNs = 1_790_000_000_000_000_000;
    private ulong seed = 1;
    private long spansSent;

    public async Task RunAsync()
    {
        output.WriteLine($"Floor: {floorNs:F0} ns a span (a bare walk over every field of the payload)");
        await IngestAsync();
        await IngestAtRateAsync();
        await FillAsync();
        output.WriteLine($"On disk                        {BytesOnDisk("segments") / (double)spansSent:F1} bytes a span in segments ({spansSent:N0} spans), {BytesOnDisk("wal") / 1e6:F0} MB of log");
        await StartAsync();
        await AskColdAsync();
        await AskAsync();
        await ReplayAsync();
    }

    private async Task IngestAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(serverAssembly, directory);
        await SendAsync(server, "warm-up", server.OtlpHttp, isGrpc: false, requests: 1500);
        await SendAsync(server, "OTLP/HTTP gzip, as fast as it can", server.OtlpHttp, isGrpc: false, requests: 1500);
        await SendAsync(server, "OTLP/gRPC gzip, as fast as it can", server.OtlpGrpc, isGrpc: true, requests: 1500);
    }

    /// <summary>In a process of its own, so that what full speed needed does not count.</summary>
    private async Task IngestAtRateAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(serverAssembly, directory);
        await SendAsync(server, "warm-up", server.OtlpHttp, isGrpc: false, requests: 1000, rate: 100_000);
        await SendAsync(server, "OTLP/HTTP gzip, 100,000 spans/s", server.OtlpHttp, isGrpc: false, requests: 2000, rate: 100_000);
        output.WriteLine($"  the disk itself, a request's bytes written and flushed  {Percentiles.Line(DiskFloor.Measure(directory, GzipRequestBytes, rounds: 500))}");
    }

    private async Task SendAsync(ServerUnderTest server, string name, Uri endpoint, bool isGrpc, int requests, double? rate = null)
    {
        Body[] bodies = NewBodies(requests, isGzip: true);
        long spans = bodies.Sum(static body => (long)body.Spans);
        var sender = new Sender(endpoint, isGrpc, Connections);
        double cpu = server.CpuSeconds;
        double memoryMb = 0;
        using var sampling = new CancellationTokenSource();
        Task sampler = Task.Run(async () =>
        {
            while (!sampling.IsCancellationRequested)
            {
                memoryMb = Math.Max(memoryMb, server.Memory.OwnMb);
                await Task.Delay(100);
            }
        });
        TimeSpan time = await sender.SendAsync(bodies, rate);
        await sampling.CancelAsync();
        await sampler;
        await server.IdleAsync();
        double cpuNs = (server.CpuSeconds - cpu) * 1e9 / spans;
        output.WriteLine($"{name,-36} {spans / time.TotalSeconds,9:N0} spans/s   server CPU {cpuNs / 1000:F2} µs a span = {cpuNs / floorNs:F1} x floor   answers {Percentiles.Line(sender.LatenciesMs)}   memory at most {memoryMb:F0} MB");
    }

    private async Task FillAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(serverAssembly, directory);
        while (spansSent < spansWanted)
            await new Sender(server.OtlpHttp, isGrpc: false, Connections).SendAsync(NewBodies(500, isGzip: false));
        await server.IdleAsync();
    }

    private async Task StartAsync()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(serverAssembly, directory);
        await server.IdleAsync();
        output.WriteLine($"Start until ready              {server.StartTime.TotalSeconds:F2} s (of the whole process)");
        output.WriteLine($"Memory, idle                   {server.Memory.OwnMb:F0} MB of its own, {server.Memory.FilesMb:F0} MB of mapped files");
    }

    /// <summary>Asks for traces of which nothing is in memory: neither the directory's files nor what a store remembers of them.</summary>
    private async Task AskColdAsync()
    {
        var times = new List<double>();
        var random = new Random(1);
        for (int round = 0; round < 30; round++)
        {
            FileCache.Drop(directory);
            await using SegmentStore store = await OpenAsync(directory);
            long before = Stopwatch.GetTimestamp();
            _ = await store.GetTraceAsync(knownTraces[random.Next(knownTraces.Count)], CancellationToken.None);
            // The first ones are of code that is not compiled yet.
            if (round >= 5)
                times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        output.WriteLine($"Trace by id, cold file cache   {Percentiles.Line(times)}");
    }

    private async Task AskAsync()
    {
        long opened = Stopwatch.GetTimestamp();
        await using SegmentStore store = await OpenAsync(directory);
        output.WriteLine($"Open the directory             {Stopwatch.GetElapsedTime(opened).TotalMilliseconds:F0} ms (in this process)");
        var questions = new Questions(store, [.. knownTraces], startNs);
        IReadOnlyList<(string Name, List<double> Ms)> first = await questions.AskAsync(rounds: 100);
        IReadOnlyList<(string Name, List<double> Ms)> quiet = await questions.AskAsync(rounds: 100);
        using var stopping = new CancellationTokenSource();
        Task<double> ingest = IngestAtRateAsync(store, 125_000, stopping.Token);
        IReadOnlyList<(string Name, List<double> Ms)> busy = await questions.AskAsync(rounds: 50);
        await stopping.CancelAsync();
        output.WriteLine($"Questions, and the same while {await ingest:N0} spans/s arrive in the same process:");
        foreach (((string name, List<double> firstMs), (_, List<double> ms), (_, List<double> busyMs)) in first.Zip(quiet, busy))
        {
            output.WriteLine($"  {name,-36} {Percentiles.Line(ms)}");
            output.WriteLine($"  {"  parts of segments touched first",-36} {Percentiles.Line(firstMs)}");
            output.WriteLine($"  {"  while spans arrive",-36} {Percentiles.Line(busyMs)}   p95 x {Percentiles.Of(busyMs, 0.95) / Percentiles.Of(ms, 0.95):F1}");
        }
    }

    private async Task<double> IngestAtRateAsync(SegmentStore store, double rate, CancellationToken stop)
    {
        Body[] bodies = NewBodies(3000, isGzip: false);
        long started = Stopwatch.GetTimestamp();
        return await Task.Run(async () =>
        {
            var builder = new SpanBatchBuilder();
            long spans = 0;
            foreach (Body body in bodies)
            {
                if (stop.IsCancellationRequested)
                    break;
                if (TimeSpan.FromSeconds(spans / rate) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
                    await Task.Delay(early, CancellationToken.None);
                await store.AppendAsync(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, body.Bytes, builder), CancellationToken.None);
                spans += body.Spans;
            }
            return spans / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }, CancellationToken.None);
    }

    /// <summary>Opens a directory with a gigabyte of log and nothing else.</summary>
    private async Task ReplayAsync()
    {
        string replayed = directory + "-replay";
        try
        {
            Body[] bodies = NewBodies(1900, isGzip: false);
            await using (WriteAheadLog log = await WriteAheadLog.OpenAsync(
                new Clew.Storage.Segments.Files.PhysicalFileSystem(), Path.Combine(replayed, "wal"), new WalOptions { Durability = WalDurability.Os },
                new WalMetrics(new Meter("Clew.Store.Bench")), TimeProvider.System, 0, static (_, _) => ValueTask.CompletedTask, CancellationToken.None))
            {
                foreach (Body body in bodies)
                    await log.AppendAsync(new WalRecord(BatchFormat.OtlpProtobuf, BodyEncoding.Identity, body.Bytes));
            }
            long opened = Stopwatch.GetTimestamp();
            await using SegmentStore store = await OpenAsync(replayed);
            output.WriteLine($"Replay {bodies.Sum(static body => (long)body.Bytes.Length) / 1e9:F2} GB of log            {Stopwatch.GetElapsedTime(opened).TotalSeconds:F2} s, {bodies.Sum(static body => (long)body.Spans):N0} spans");
        }
        finally
        {
            Directory.Delete(replayed, recursive: true);
        }
    }

    private Body[] NewBodies(int requests, bool isGzip)
    {
        Body[] bodies = TrafficBodies.Create(requests, SpansEach, isGzip, seed++, startNs);
        long spans = bodies.Sum(static body => (long)body.Spans);
        // About ten spans a trace, a thousand traces a second.
        startNs += spans / 8 * 1_000_000;
        spansSent += spans;
        knownTraces.AddRange(bodies.Where(static (_, i) => i % 20 == 0).Select(static body => body.FirstTrace));
        return bodies;
    }

    private static ValueTask<SegmentStore> OpenAsync(string path) => SegmentStore.OpenAsync(
        new SegmentStoreOptions { Directory = path }, new Meter("Clew.Store.Bench"), TimeProvider.System, static incident => Console.Error.WriteLine(incident.Message), CancellationToken.None);

    private long BytesOnDisk(string part) => Directory.EnumerateFiles(Path.Combine(directory, part), "*", SearchOption.AllDirectories).Sum(static path => new FileInfo(path).Length);

    private static double Floor()
    {
        byte[] payload = RealisticSpans.OtlpProtobuf(SpansEach);
        double fastest = double.MaxValue;
        for (int round = 0; round < 5000; round++)
        {
            long before = Stopwatch.GetTimestamp();
            WireWalk.Run(payload);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(before).TotalNanoseconds / SpansEach);
        }
        return fastest;
    }
}
