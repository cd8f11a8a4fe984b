using System.Diagnostics.Metrics;
using Clew.Storage.Segments.Tests.Files;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments.Tests.Wal;

public sealed class WalFuzzTests
{
    private const int Cases = 3000;

    /// <summary>The files have a few hundred bytes each; a copy set aside and the file system in memory take a multiple.</summary>
    private const long AllocatedBytesMax = 4 << 20;

    private static readonly WalMetrics Metrics = new(new Meter("Clew.Store.Fuzz"));

    [Fact]
    public async Task Any_file_is_replayed_without_an_exception_and_without_giving_back_what_nobody_wrote()
    {
        FaultyFileSystem whole = await WalTesting.WithRecordsAsync(8, fileBytesMax: 300);
        string[] paths = WalTesting.LogFiles(whole);
        for (int n = 0; n < Cases; n++)
        {
            var random = new Random(n);
            FaultyFileSystem files = WalTesting.Copy(whole);
            for (int times = random.Next(1, 4); times > 0; times--)
            {
                string path = paths[random.Next(paths.Length)];
                files.Put(path, Break(files.Content(path), whole.Content(paths[random.Next(paths.Length)]), random));
            }
            try
            {
                await ReplayAsync(files);
            }
            catch (Exception exception)
            {
                Assert.Fail($"case {n}: {exception}");
            }
        }
    }

    [Fact]
    public async Task A_length_is_not_believed_before_its_bytes_are_there()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(1);
        string path = WalTesting.LogFiles(files).Single();
        byte[] content = files.Content(path);
        Assert.True(WalFileHeader.TryDecode(content, out WalFileHeader file));
        Assert.True(WalRecordHeader.TryDecode(content.AsSpan(WalFileHeader.Bytes), file.Name.Salt, out WalRecordHeader record));
        foreach (int body in new[] { WalFormat.ContentBytesMax, WalFormat.ContentBytesMax + 1, int.MaxValue, -1, record.BodyBytes + 1 })
        {
            (record with { BodyBytes = body }).Encode(content.AsSpan(WalFileHeader.Bytes), file.Name.Salt);
            files.Put(path, content);
            Assert.Equal(0, await ReplayAsync(files));
        }
    }

    [Fact]
    public async Task A_record_that_says_what_no_version_has_written_is_not_guessed_at()
    {
        FaultyFileSystem files = await WalTesting.WithRecordsAsync(1);
        string path = WalTesting.LogFiles(files).Single();
        byte[] sound = files.Content(path);
        Assert.True(WalFileHeader.TryDecode(sound, out WalFileHeader file));
        Assert.Equal(1, await ReplayAsync(files));
        for (int reserved = 20; reserved < 28; reserved++)
        {
            byte[] content = [.. sound];
            Span<byte> header = content.AsSpan(WalFileHeader.Bytes, WalRecordHeader.Bytes);
            header[reserved] = 1;
            BitConverter.TryWriteBytes(header[4..], Crc32C.Compute(header[8..], file.Name.Salt));
            files.Put(path, content);
            Assert.Equal(0, await ReplayAsync(files));
        }
    }

    /// <returns>Records that came back, each of them whole.</returns>
    private static async Task<long> ReplayAsync(FaultyFileSystem files)
    {
        long last = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        WalRecovery recovery = await WalReplay.RunAsync(files, WalTesting.Directory, Metrics, 0, Check, CancellationToken.None);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
        return recovery.Records;

        ValueTask Check(long position, WalRecord record)
        {
            WalTesting.AssertIntact(record);
            Assert.True(position > last);
            Assert.Equal(position, WalTesting.IdOf(record));
            last = position;
            return ValueTask.CompletedTask;
        }
    }

    private static byte[] Break(byte[] bytes, byte[] other, Random random)
    {
        int at = random.Next(bytes.Length + 1);
        int length = random.Next(Math.Min(200, bytes.Length - at) + 1);
        byte[] noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return random.Next(8) switch
        {
            0 => noise,
            1 => bytes[..at],
            2 => [.. bytes[..at], .. bytes[(at + length)..]],
            3 => [.. bytes[..(at + length)], .. bytes[at..]],
            4 => [.. bytes[..at], .. noise, .. bytes[at..]],
            5 => [.. bytes[..at], .. other[random.Next(other.Length)..]],
            6 => [.. bytes[..at], .. new byte[length], .. bytes[(at + length)..]],
            _ => [.. bytes, .. other],
        };
    }
}
