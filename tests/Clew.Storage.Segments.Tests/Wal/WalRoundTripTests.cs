using Clew.Model;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

public sealed class WalRoundTripTests
{
    [Fact]
    public async Task Records_of_all_sizes_come_back_in_order_across_files()
    {
        // Around the sizes at which the writer begins to do something else: copied or not (16 KiB), larger than its buffer (1 MiB) and than a group.
        int[] sizes = [0, 4, 100, 16 << 10, (16 << 10) + 1, 100_000, (1 << 20) - 40, 1 << 20, 3 << 20, 5 << 20, 7];
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, new WalOptions { FileBytesMax = 2 << 20 });
        Task<long>[] appends = [.. Enumerable.Range(0, 4 * sizes.Length).Select(id => opened.Log.AppendAsync(WalTesting.Record(id, sizes[id % sizes.Length])))];
        long[] positions = await Task.WhenAll(appends);
        await opened.Log.DisposeAsync();

        Assert.Equal(Enumerable.Range(1, appends.Length).Select(position => (long)position), positions);
        Assert.InRange(WalTesting.LogFiles(files).Length, 2, appends.Length);
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files);
        Assert.Equal(Enumerable.Range(0, appends.Length), again.Ids);
        Assert.Equal(positions, again.Replayed.Select(entry => entry.Position));
        Assert.Empty(again.Damage);
        Assert.Equal(appends.Length + 1, again.Log.NextPosition);
    }

    [Fact]
    public async Task A_replay_from_a_position_leaves_out_what_is_before()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(10, fileBytesMax: 300);
        Assert.Equal([7, 8, 9, 10], (await WalTesting.ReplayAsync(files, replayFrom: 7)).Ids);
    }

    [Fact]
    public async Task Positions_go_on_behind_what_segments_hold_even_when_the_log_has_lost_its_end()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(3);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, replayFrom: 100);
        Assert.Empty(opened.Replayed);
        Assert.Equal(100, await opened.Log.AppendAsync(WalTesting.Record(4)));
        await opened.Log.DisposeAsync();
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files, replayFrom: 100);
        Assert.Equal([(100L, 4)], again.Replayed);
        Assert.Empty(again.Damage);
    }

    [Fact]
    public async Task An_opening_without_appends_leaves_no_file()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(3);
        string[] before = [.. files.Paths];
        await WalTesting.ReplayAsync(files);
        Assert.Equal(before, files.Paths);
    }

    [Fact]
    public async Task Files_whose_records_are_in_segments_are_deleted_whole()
    {
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files, new WalOptions { FileBytesMax = 200 });
        for (int id = 1; id <= 9; id++)
            await opened.Log.AppendAsync(WalTesting.Record(id));
        string[] all = WalTesting.LogFiles(files);
        opened.Log.ReleaseBefore(1);
        Assert.Equal(all, WalTesting.LogFiles(files));
        opened.Log.ReleaseBefore(6);
        WalTesting.OpenedLog again = await WalTesting.ReplayAsync(WalTesting.Copy(files), replayFrom: 6);
        Assert.Equal([6, 7, 8, 9], again.Ids);
        Assert.Empty(again.Damage);
        Assert.True(WalTesting.LogFiles(files).Length < all.Length);
        opened.Log.ReleaseBefore(10);
        Assert.Equal(all[^1..], WalTesting.LogFiles(files));
        await opened.Log.DisposeAsync();
    }

    [Fact]
    public async Task What_could_not_be_replayed_is_not_appended()
    {
        await using WriteAheadLog log = (await WalTesting.OpenAsync(new FaultyFileSystem(1))).Log;
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(new WalRecord(BatchFormat.None, BodyEncoding.Identity, new byte[1])));
    }

    [Fact]
    public void The_checksum_is_the_one_of_the_standard()
    {
        // RFC 3720 B.4, and the check value of CRC-32/ISCSI in the catalogue of parametrised CRC algorithms.
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(Crc32C.Compute("123456789"u8), Crc32C.Compute("1234"u8, "56789"u8));
        Assert.NotEqual(Crc32C.Compute("1"u8, seed: 1), Crc32C.Compute("1"u8));
    }
}
