using Clew.Model;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

public sealed class WalDamageTests
{
    [Fact]
    public async Task A_tail_torn_at_any_byte_is_tolerated_and_the_log_goes_on()
    {
        FaultyFileSystem whole = await WalTesting.WithRecordsAsync(3);
        string path = WalTesting.LogFiles(whole).Single();
        byte[] content = whole.Content(path);
        long[] ends = [.. Ends(3)];
        for (int length = 0; length <= content.Length; length++)
        {
            var files = new FaultyFileSystem(1);
            files.Put(path, content[..length]);
            WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
            int intact = ends.Count(end => end <= length);
            Assert.Equal(Enumerable.Range(1, intact), opened.Ids);
            bool isTorn = length != 0 && length != WalFileHeader.Bytes && !ends.Contains(length);
            Assert.Equal(isTorn ? [WalDamageKind.TornTail] : [], opened.Damage.Select(damage => damage.Kind));
            Assert.Equal(intact + 1, await opened.Log.AppendAsync(WalTesting.Record(9)));
            await opened.Log.DisposeAsync();

            WalTesting.OpenedLog again = await WalTesting.ReplayAsync(files);
            Assert.Equal([.. Enumerable.Range(1, intact), 9], again.Ids);
            Assert.Empty(again.Damage);
        }
    }

    [Fact]
    public async Task A_bit_flipped_anywhere_is_reported_and_costs_one_record_at_most()
    {
        FaultyFileSystem whole = await WalTesting.WithRecordsAsync(6, fileBytesMax: 300);
        string[] paths = WalTesting.LogFiles(whole);
        Assert.Equal(2, paths.Length);
        foreach (string path in paths)
        {
            for (long bit = 0; bit < whole.Content(path).Length * 8; bit++)
            {
                FaultyFileSystem files = WalTesting.Copy(whole);
                files.FlipBit(path, bit);
                WalTesting.OpenedLog opened = await WalTesting.ReplayAsync(files);
                WalDamage damage = Assert.Single(opened.Damage);
                Assert.InRange(bit / 8, damage.Offset, damage.Offset + damage.Bytes - 1);
                int[] missing = [.. Enumerable.Range(1, 6).Except(opened.Ids)];
                Assert.Equal(opened.Ids.Order(), opened.Ids);
                if (bit < WalFileHeader.Bytes * 8)
                {
                    Assert.Empty(missing);
                    continue;
                }
                int lost = Assert.Single(missing);
                // The last record of the newest file might be an append that was never acknowledged; all others are known to be missing.
                if (lost == 6)
                    Assert.Equal(WalDamageKind.TornTail, damage.Kind);
                else
                    Assert.Equal((WalDamageKind.Unreadable, lost, lost), (damage.Kind, damage.FirstMissing, damage.LastMissing));
            }
        }
    }

    [Fact]
    public async Task Unreadable_bytes_are_set_aside_once_and_survive_the_release_of_their_file()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(6, fileBytesMax: 300);
        string path = WalTesting.LogFiles(files)[0];
        files.FlipBit(path, (WalFileHeader.Bytes + WalRecordHeader.Bytes + 5) * 8);
        byte[] spoilt = files.Content(path);

        WalDamage damage = Assert.Single((await WalTesting.ReplayAsync(files)).Damage);
        Assert.Equal(spoilt[(int)damage.Offset..(int)(damage.Offset + damage.Bytes)], files.Content(damage.SetAsidePath!));
        Assert.Equal(
            $"In '{path}' at 64: 80 bytes of the write-ahead log cannot be read; lost: records 1 to 1; the bytes are kept in '{damage.SetAsidePath}'.",
            damage.ToString());
        string[] paths = [.. files.Paths];
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        Assert.Equal(damage, Assert.Single(opened.Damage));
        Assert.Equal(paths, files.Paths);
        opened.Log.ReleaseBefore(7);
        Assert.DoesNotContain(path, files.Paths);
        Assert.Contains(damage.SetAsidePath, files.Paths);
        await opened.Log.DisposeAsync();
    }

    [Fact]
    public async Task A_file_whose_damage_could_not_be_set_aside_is_kept()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(6, fileBytesMax: 300);
        string path = WalTesting.LogFiles(files)[0];
        files.FlipBit(path, (WalFileHeader.Bytes + WalRecordHeader.Bytes + 5) * 8);
        files.CapacityBytes = 0;
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        Assert.Null(Assert.Single(opened.Damage).SetAsidePath);
        opened.Log.ReleaseBefore(7);
        Assert.Contains(path + WalDamage.Extension, files.Paths);
        await opened.Log.DisposeAsync();
    }

    [Fact]
    public async Task A_missing_file_is_reported_with_the_positions_it_had()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(9, fileBytesMax: 300);
        string[] paths = WalTesting.LogFiles(files);
        Assert.Equal(3, paths.Length);
        files.Delete(paths[1]);
        WalTesting.OpenedLog opened = await WalTesting.ReplayAsync(files);
        Assert.Equal([1, 2, 3, 7, 8, 9], opened.Ids);
        WalDamage damage = Assert.Single(opened.Damage);
        Assert.Equal((WalDamageKind.Missing, 4L, 6L), (damage.Kind, damage.FirstMissing, damage.LastMissing));

        files.Delete(paths[0]);
        damage = Assert.Single((await WalTesting.ReplayAsync(files, replayFrom: 5)).Damage);
        Assert.Equal((5L, 6L), (damage.FirstMissing, damage.LastMissing));
        Assert.Empty((await WalTesting.ReplayAsync(files, replayFrom: 7)).Damage);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_reported_and_the_others_are_replayed()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(6, fileBytesMax: 300);
        string path = WalTesting.LogFiles(files)[0];
        // Its length is known, its pages are not there.
        int reads = 0;
        files.Fails = (operation, failed) => operation == FileOperation.Read && failed == path && reads++ > 0;
        WalTesting.OpenedLog opened = await WalTesting.ReplayAsync(files);
        Assert.Equal([4, 5, 6], opened.Ids);
        WalDamage damage = Assert.Single(opened.Damage);
        Assert.Equal((WalDamageKind.Unreadable, 1L, 3L), (damage.Kind, damage.FirstMissing, damage.LastMissing));

        files.Fails = null;
        Assert.Equal([1, 2, 3, 4, 5, 6], (await WalTesting.ReplayAsync(files)).Ids);
    }

    [Fact]
    public async Task A_body_that_contains_records_is_not_taken_for_records_when_its_own_is_spoilt()
    {
        byte[] forged = new byte[WalRecordHeader.Bytes];
        new WalRecordHeader(2, BatchFormat.OtlpProtobuf, BodyEncoding.Identity, 0, Crc32C.Compute([])).Encode(forged, salt: 0);
        FaultyFileSystem other = await WalTesting.WithRecordsAsync(3);
        byte[] foreign = other.Content(WalTesting.LogFiles(other).Single());
        var files = new FaultyFileSystem(1);
        WalTesting.OpenedLog opened = await WalTesting.OpenAsync(files);
        await opened.Log.AppendAsync(WalTesting.Record(1));
        await opened.Log.AppendAsync(new WalRecord(BatchFormat.OtlpProtobuf, BodyEncoding.Identity, (byte[])[.. forged, .. foreign]));
        await opened.Log.AppendAsync(WalTesting.Record(5));
        await opened.Log.DisposeAsync();
        files.FlipBit(WalTesting.LogFiles(files).Single(), (Ends(1).Single() + 10) * 8);
        Assert.Equal([(1L, 1), (3L, 5)], (await WalTesting.ReplayAsync(files)).Replayed);
    }

    [Fact]
    public async Task A_newer_version_is_refused_and_nothing_is_changed()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(1);
        string path = WalTesting.LogFiles(files).Single();
        byte[] content = files.Content(path);
        Assert.True(WalFileHeader.TryDecode(content, out WalFileHeader header));
        (header with { Version = 3, MinReaderVersion = 1 }).Encode().CopyTo(content, 0);
        files.Put(path, content);
        Assert.Equal([1], (await WalTesting.ReplayAsync(files)).Ids);

        (header with { Version = 3, MinReaderVersion = 2 }).Encode().CopyTo(content, 0);
        files.Put(path, content);
        StoreVersionException refused = await Assert.ThrowsAsync<StoreVersionException>(() => WalTesting.ReplayAsync(files));
        Assert.Contains($"'{path}' has format version 3, which takes a program that reads version 2; this one reads up to 1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(content, files.Content(path));
        Assert.Equal([path], files.Paths);
    }

    /// <summary>Offsets where records 1 to <paramref name="count"/> of a first file end.</summary>
    private static IEnumerable<long> Ends(int count)
    {
        long end = WalFileHeader.Bytes;
        for (int id = 1; id <= count; id++)
        {
            yield return end += WalRecordHeader.Bytes + WalTesting.Record(id).Body.Length;
        }
    }
}
