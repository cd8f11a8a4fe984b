using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

/// <summary>The model itself: a test on it is worth what it is worth.</summary>
public sealed class FaultyFileSystemTests
{
    private const string Directory = "/data";
    private const string FilePath = "/data/file";
    private const int Seeds = 200;

    [Fact]
    public void What_was_flushed_in_a_synced_directory_survives()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            var files = new FaultyFileSystem(seed);
            files.CreateDirectory(Directory);
            using IStoreFile file = files.Create(FilePath);
            file.Write([new byte[] { 1, 2 }, new byte[] { 3 }], 0);
            file.FlushToDisk();
            files.SyncDirectory(Directory);
            Assert.Equal([1, 2, 3], files.Restart().Content(FilePath));
        }
    }

    [Fact]
    public void A_name_that_was_not_synced_survives_sometimes()
    {
        bool[] survived = Over(files =>
        {
            using IStoreFile file = files.Create(FilePath);
            file.FlushToDisk();
        }).Select(files => files.Paths.Any()).ToArray();
        Assert.Equal([false, true], survived.Distinct().Order());
    }

    [Fact]
    public void Writes_that_were_not_flushed_survive_whole_torn_or_not_at_all_in_any_combination()
    {
        string[] survived = Over(files =>
        {
            using IStoreFile file = files.Create(FilePath);
            files.SyncDirectory(Directory);
            file.Write([new byte[] { 1, 2 }], 0);
            file.Write([new byte[] { 3, 4 }], 2);
        }).Select(files => Convert.ToHexString(files.Content(FilePath))).ToArray();
        Assert.Subset(survived.ToHashSet(), new HashSet<string> { "", "0000", "00000304", "000003", "01", "01000304", "0102", "010203", "01020304" });
        Assert.All(survived, content => Assert.Matches("^(|00|01|0102|(0000|0100|0102)(|03|0304))$", content));
    }

    [Fact]
    public void A_rename_that_was_not_synced_leaves_the_old_or_the_new_name_with_its_content()
    {
        string[] survived = Over(files =>
        {
            files.Put("/data/new", [9]);
            files.Put(FilePath, [1]);
            files.Rename(FilePath, "/data/new");
        }).Select(files => string.Join(' ', files.Paths.Select(path => $"{path}={files.Content(path)[0]}"))).ToArray();
        Assert.Equal(["/data/file=1 /data/new=9", "/data/new=1"], survived.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_failed_flush_dropped_does_not_come_back_with_the_next()
    {
        string[] survived = Over(files =>
        {
            using IStoreFile file = files.Create(FilePath);
            files.SyncDirectory(Directory);
            file.Write([new byte[] { 1, 2 }], 0);
            files.Fails = (operation, _) => operation == FileOperation.Flush;
            Assert.Throws<StoreIoException>(file.FlushToDisk);
            files.Fails = null;
            file.FlushToDisk();
            Assert.Equal([1, 2], files.Content(FilePath));
        }).Select(files => Convert.ToHexString(files.Content(FilePath))).ToArray();
        Assert.Equal(["", "01", "0102"], survived.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void After_the_power_is_gone_every_operation_fails()
    {
        var files = new FaultyFileSystem(1) { PowerLossAt = 2 };
        files.CreateDirectory(Directory);
        using IStoreFile file = files.Create(FilePath);
        Assert.Throws<PowerLossException>(() => file.Write([new byte[] { 1 }], 0));
        Assert.Throws<PowerLossException>(() => file.Read(new byte[1], 0));
        Assert.Throws<PowerLossException>(() => files.ListFiles(Directory));
        Assert.True(files.IsOff);
    }

    [Fact]
    public void A_full_disk_takes_what_fits_and_says_so()
    {
        var files = new FaultyFileSystem(1) { CapacityBytes = 3 };
        files.CreateDirectory(Directory);
        using IStoreFile file = files.Create(FilePath);
        Assert.Throws<DiskFullException>(() => file.Write([new byte[] { 1, 2 }, new byte[] { 3, 4 }], 0));
        Assert.Equal([1, 2, 3], files.Content(FilePath));
        Assert.Equal(0, files.FreeBytes(Directory));
        files.Delete(FilePath);
        Assert.Equal(3, files.FreeBytes(Directory));
    }

    [Fact]
    public void A_flipped_bit_is_read_and_survives()
    {
        var files = new FaultyFileSystem(1);
        files.Put(FilePath, [0, 0]);
        files.FlipBit(FilePath, 9);
        Assert.Equal([0, 2], files.Content(FilePath));
        Assert.Equal([0, 2], files.Restart().Content(FilePath));
    }

    private static IEnumerable<FaultyFileSystem> Over(Action<FaultyFileSystem> act)
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            var files = new FaultyFileSystem(seed);
            files.CreateDirectory(Directory);
            act(files);
            yield return files.Restart();
        }
    }
}
