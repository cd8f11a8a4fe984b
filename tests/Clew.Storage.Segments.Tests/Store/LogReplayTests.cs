using System.IO.Compression;
using System.Threading.Channels;
using Clew.Model;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Tests.Wal;
using Clew.Storage.Segments.Wal;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class LogReplayTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public void Records_are_applied_in_order_and_unspoilt_while_the_next_are_decoded() => Properties.ForAll(RandomCases.Seed, seed => Task.Run(() => ReplayAsync(seed)).GetAwaiter().GetResult());

    [Fact]
    public async Task No_more_records_are_taken_than_there_is_memory_for()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var applied = new List<long>();
        var replay = new LogReplay(
            async (_, position) =>
            {
                await goOn.Task;
                applied.Add(position);
            },
            static (_, exception) => Assert.Fail(exception.Message));
        for (int position = 1; position <= LogReplay.RecordsMax; position++)
            await replay.AddAsync(position, RecordOf(position, isGzip: false)).AsTask().WaitAsync(Soon);
        Task further = replay.AddAsync(LogReplay.RecordsMax + 1, RecordOf(LogReplay.RecordsMax + 1, isGzip: false)).AsTask();
        Assert.False(further.IsCompleted);
        goOn.SetResult();
        await further.WaitAsync(Soon);
        await replay.DisposeAsync();
        Assert.Equal(Enumerable.Range(1, LogReplay.RecordsMax + 1).Select(static position => (long)position), applied);
    }

    [Fact]
    public async Task A_record_that_cannot_be_decoded_while_another_is_applied_is_told_of_and_passed_over()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var applied = new List<long>();
        var bad = new List<long>();
        var replay = new LogReplay(
            async (_, position) =>
            {
                await goOn.Task;
                applied.Add(position);
            },
            (position, _) => bad.Add(position));
        await replay.AddAsync(1, RecordOf(1, isGzip: false));
        // Each gives its decoder back, though the first still has its own.
        for (int position = 2; position <= 20; position++)
            await replay.AddAsync(position, new WalRecord(BatchFormat.ClewSpans, position % 2 == 0 ? BodyEncoding.Gzip : BodyEncoding.Identity, new byte[] { 1, 2, 3 }, default, 0)).AsTask().WaitAsync(Soon);
        await replay.AddAsync(21, RecordOf(21, isGzip: true)).AsTask().WaitAsync(Soon);
        goOn.SetResult();
        await replay.DisposeAsync();
        Assert.Equal([1, 21], applied);
        Assert.Equal(Enumerable.Range(2, 19).Select(static position => (long)position), bad);
    }

    [Fact]
    public async Task When_applying_fails_reading_ends_and_the_reason_is_known()
    {
        var applied = new List<long>();
        var replay = new LogReplay(
            (_, position) =>
            {
                applied.Add(position);
                return position == 2 ? throw new StoreUnavailableException("not today") : ValueTask.CompletedTask;
            },
            static (_, _) => { });
        await Assert.ThrowsAsync<ChannelClosedException>(async () =>
        {
            for (int position = 1; position < 1000; position++)
                await replay.AddAsync(position, RecordOf(position, isGzip: false)).AsTask().WaitAsync(Soon);
        });
        StoreUnavailableException reason = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await replay.DisposeAsync());
        Assert.Equal("not today", reason.Message);
        Assert.Equal([1, 2], applied);
    }

    [Fact]
    public async Task A_store_replays_all_but_what_is_spoilt_and_says_what_that_is()
    {
        const int records = 60, undecodable = 17, spoilt = 33;
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, directory: Stores.Directory + "/wal");
        await using (WriteAheadLog log = opened.Log)
        {
            for (int position = 1; position <= records; position++)
                await log.AppendAsync(position == undecodable ? new WalRecord(BatchFormat.ClewSpans, BodyEncoding.Identity, new byte[] { 9 }, default, 0) : RecordOf(position, position % 3 == 0));
        }
        string path = files.Paths.Single(each => each.EndsWith(".wal", StringComparison.Ordinal));
        byte[] content = files.Content(path);
        files.FlipBit(path, (OffsetOf(content, spoilt) + WalRecordHeader.Bytes + 3) * 8);
        files.Put(path, [.. files.Content(path), 1, 2, 3]);

        var incidents = new List<StoreIncident>();
        await using SegmentStore store = await Stores.OpenAsync(files, Stores.Options with { HeadRowsMax = 40, MaintenanceInterval = TimeSpan.FromDays(1) }, onIncident: incidents.Add);
        for (int position = 1; position <= records; position++)
        {
            Trace? trace = await store.GetTraceAsync(new TraceId(0, (ulong)position), CancellationToken.None);
            SpanAssert.SameSpans(position is undecodable or spoilt ? [] : SpansOf(position), trace?.Spans ?? []);
        }
        Assert.Contains(incidents, incident => incident.Message.Contains($"Record {undecodable} of", StringComparison.Ordinal));
        Assert.Contains(incidents, incident => incident.Path == path && incident.Message.Contains($"records {spoilt} to {spoilt}", StringComparison.Ordinal));
        Assert.Contains(incidents, incident => incident.Path == path && incident.Message.Contains("ends in 3 bytes", StringComparison.Ordinal));
        Assert.Equal(3, incidents.Count);
    }

    private static async Task ReplayAsync(int seed)
    {
        var random = new Random(seed);
        int count = random.Next(60);
        bool[] isBad = RandomCases.Bools(random, count);
        var applied = new List<long>();
        var bad = new List<long>();
        var replay = new LogReplay(
            async (batch, position) =>
            {
                // What is decoded meanwhile must not show in it.
                if (position % 4 == 0)
                    await Task.Yield();
                SpanAssert.SameSpans(SpansOf((int)position), SpanReader.ReadAll(batch));
                applied.Add(position);
            },
            (position, _) => bad.Add(position));
        // The log reads each record into the same memory.
        byte[] window = new byte[1 << 16];
        for (int position = 1; position <= count; position++)
        {
            WalRecord record = RecordOf(position, random.Next(2) == 0);
            record.Body.CopyTo(window);
            // Cut short, so that no decoder takes it.
            int length = isBad[position - 1] ? record.Body.Length / 2 : record.Body.Length;
            await replay.AddAsync(position, record with { Body = window.AsMemory(0, length) });
            window.AsSpan().Fill(0xEE);
        }
        await replay.DisposeAsync();
        Assert.Equal(Enumerable.Range(1, count).Where(position => !isBad[position - 1]).Select(static position => (long)position), applied);
        Assert.Equal(Enumerable.Range(1, count).Where(position => isBad[position - 1]).Select(static position => (long)position), bad);
    }

    private static Span[] SpansOf(int position) =>
        [.. Enumerable.Range(1, 1 + position % 7).Select(span => TestSpan.Of(new TraceId(0, (ulong)position), (ulong)span) with { Name = $"operation {position}" })];

    private static WalRecord RecordOf(int position, bool isGzip)
    {
        WalRecord record = LoggedBatch.RecordOf(SpanWriter.WriteAll(SpansOf(position), new SpanBatchBuilder()));
        if (!isGzip)
            return record;
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(record.Body.Span);
        return record with { Encoding = BodyEncoding.Gzip, Body = compressed.ToArray() };
    }

    private static long OffsetOf(byte[] content, int record)
    {
        int at = WalFileHeader.Bytes;
        for (int i = 1; i < record; i++)
            at += WalRecordHeader.Bytes + BitConverter.ToInt32(content, at + 24) + BitConverter.ToInt32(content, at + 28);
        return at;
    }
}
