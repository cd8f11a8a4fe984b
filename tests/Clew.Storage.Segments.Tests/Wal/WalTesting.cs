using System.Diagnostics.Metrics;
using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

/// <summary>Logs in a directory of a file system that exists only in memory, unless told otherwise.</summary>
internal static class WalTesting
{
    public const string Directory = "/data/wal";

    private static readonly WalMetrics Metrics = new(new Meter("Clew.Store.Tests"));

    /// <summary>A record that can be told from every other, with a body of noise.</summary>
    public static WalRecord Record(int id, int bodyBytes = 40)
    {
        byte[] body = new byte[Math.Max(bodyBytes, sizeof(int))];
        new Random(id).NextBytes(body);
        BitConverter.TryWriteBytes(body, id);
        return new WalRecord((BatchFormat)(1 + id % 6), (BodyEncoding)(id % 3), body);
    }

    public static int IdOf(WalRecord record) => BitConverter.ToInt32(record.Body.Span);

    /// <summary>Fails when the record is not what was appended.</summary>
    public static void AssertIntact(WalRecord record)
    {
        WalRecord expected = Record(IdOf(record), record.Body.Length);
        Assert.Equal((expected.Format, expected.Encoding), (record.Format, record.Encoding));
        Assert.True(expected.Body.Span.SequenceEqual(record.Body.Span));
    }

    /// <summary>Opens a log; every record that is replayed is checked.</summary>
    public static async Task<OpenedLog> OpenAsync(
        IFileSystem files, WalOptions? options = null, TimeProvider? time = null, long replayFrom = 0, string directory = Directory)
    {
        var replayed = new List<(long Position, int Id)>();
        WriteAheadLog log = await WriteAheadLog.OpenAsync(
            files, directory, options ?? new WalOptions(), Metrics, time ?? TimeProvider.System, replayFrom, Keep, CancellationToken.None);
        return new OpenedLog(log, replayed);

        ValueTask Keep(long position, WalRecord record)
        {
            AssertIntact(record);
            replayed.Add((position, IdOf(record)));
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Replays and changes nothing but what a replay does.</summary>
    public static async Task<OpenedLog> ReplayAsync(IFileSystem files, long replayFrom = 0)
    {
        OpenedLog opened = await OpenAsync(files, replayFrom: replayFrom);
        await opened.Log.DisposeAsync();
        return opened;
    }

    /// <summary>A file system with a closed log of records 1 to <paramref name="count"/>.</summary>
    public static async Task<FaultyFileSystem> WithRecordsAsync(int count, long fileBytesMax = 1 << 20)
    {
        var files = new FaultyFileSystem(1);
        OpenedLog opened = await OpenAsync(files, new WalOptions { FileBytesMax = fileBytesMax });
        await using (opened.Log)
        {
            for (int id = 1; id <= count; id++)
                Assert.Equal(id, await opened.Log.AppendAsync(Record(id)));
        }
        return files;
    }

    public static string[] LogFiles(FaultyFileSystem files) =>
        [.. files.Paths.Where(path => path.EndsWith(WalFileName.Extension, StringComparison.Ordinal))];

    /// <summary>The same files, to be spoilt.</summary>
    public static FaultyFileSystem Copy(FaultyFileSystem files)
    {
        var copy = new FaultyFileSystem(files.Seed);
        foreach (string path in files.Paths)
            copy.Put(path, files.Content(path));
        return copy;
    }

    internal sealed record OpenedLog(WriteAheadLog Log, List<(long Position, int Id)> Replayed)
    {
        public IReadOnlyList<WalDamage> Damage => Log.Recovery.Damage;

        public IEnumerable<int> Ids => Replayed.Select(entry => entry.Id);
    }
}
