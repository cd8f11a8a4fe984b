using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

/// <summary>On the real disk, with many threads.</summary>
public sealed class WalDiskTests : IDisposable
{
    private const int Writers = 8;
    private const int RecordsEach = 100;

    private readonly string root = Directory.CreateTempSubdirectory("clew-wal-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(WalDurability.Fsync)]
    [InlineData(WalDurability.Os)]
    public async Task Appends_of_many_threads_come_back_at_the_positions_they_were_given(WalDurability durability)
    {
        var files = new PhysicalFileSystem();
        string directory = Path.Combine(root, "wal");
        var options = new WalOptions { Durability = durability, FileBytesMax = 4 << 20 };
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, options, directory: directory);
        (long Position, int Id)[][] appended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(opened.Log, writer * RecordsEach))));
        await opened.Log.DisposeAsync();

        WalTesting.OpenedLog again = await WalTesting.OpenAsync(files, options, directory: directory);
        Assert.Equal(appended.SelectMany(entries => entries).Order(), again.Replayed);
        Assert.Equal(Enumerable.Range(1, Writers * RecordsEach).Select(position => (long)position), again.Replayed.Select(entry => entry.Position));
        Assert.Empty(again.Damage);
        Assert.InRange(files.ListFiles(directory).Count, 2, 50);
        again.Log.ReleaseBefore(again.Log.NextPosition);
        Assert.Single(files.ListFiles(directory));
        await again.Log.DisposeAsync();
    }

    private static async Task<(long Position, int Id)[]> WriteAsync(WriteAheadLog log, int firstId)
    {
        var appended = new (long, int)[RecordsEach];
        for (int i = 0; i < RecordsEach; i++)
            appended[i] = (await log.AppendAsync(WalTesting.Record(firstId + i, (i * 997) % 40_000)), firstId + i);
        return appended;
    }
}
