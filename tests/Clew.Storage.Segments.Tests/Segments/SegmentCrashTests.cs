using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests;

public sealed class SegmentCrashTests
{
    private static readonly Span[] spans = [.. Enumerable.Range(1, 20).Select(i => SegmentRoundTripTests.One((ulong)i, 1000 + i))];

    [Fact]
    public void A_power_loss_at_any_operation_leaves_no_segment_or_a_whole_one()
    {
        FaultyFileSystem whole = SegmentTesting.Files();
        SegmentTesting.Write(whole, 1, HeadTables.Of(spans));
        int operations = whole.Operations;
        Assert.InRange(operations, 6, 20);
        int survived = 0;
        for (int at = 1; at <= operations; at++)
        {
            for (int seed = 0; seed < 30; seed++)
            {
                FaultyFileSystem files = SegmentTesting.Files(seed);
                files.PowerLossAt = at;
                Assert.ThrowsAny<Exception>(() => SegmentTesting.Write(files, 1, HeadTables.Of(spans)));
                survived += IsWholeOrMissing(files.Restart()) ? 1 : 0;
            }
        }
        Assert.InRange(survived, 1, operations * 30 - 1);
    }

    [Fact]
    public void Once_written_it_survives_a_power_loss()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            FaultyFileSystem files = SegmentTesting.Files(seed);
            SegmentTesting.Write(files, 1, HeadTables.Of(spans));
            Assert.True(IsWholeOrMissing(files.Restart()));
        }
    }

    [Fact]
    public void A_failure_of_any_operation_is_told_and_leaves_no_other_file()
    {
        foreach (FileOperation failing in new[] { FileOperation.Create, FileOperation.Write, FileOperation.Flush, FileOperation.Rename })
        {
            FaultyFileSystem files = SegmentTesting.Files();
            files.Fails = (operation, _) => operation == failing;
            Assert.Throws<StoreIoException>(() => SegmentTesting.Write(files, 1, HeadTables.Of(spans)));
            Assert.Empty(files.Paths);
            files.Fails = null;
            SegmentTesting.Write(files, 1, HeadTables.Of(spans));
            Assert.Equal([SegmentTesting.PathOf(1)], files.Paths);
        }
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        files.CapacityBytes = 1000;
        Assert.Throws<DiskFullException>(() => SegmentTesting.Write(files, 1, HeadTables.Of(spans)));
        Assert.Empty(files.Paths);
    }

    [Fact]
    public void What_an_earlier_crash_left_is_written_over()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        files.Put(Path.Combine(SegmentTesting.Directory, SegmentFileName.Unfinished(1)), [1, 2, 3]);
        SegmentTesting.Write(files, 1, HeadTables.Of(spans));
        Assert.True(IsWholeOrMissing(files));
    }

    [Theory]
    [InlineData("0000000000001234.seg", 0x1234L)]
    [InlineData("7fffffffffffffff.seg", long.MaxValue)]
    [InlineData("8000000000000000.seg", null)]
    [InlineData("000000000000123A.seg", null)]
    [InlineData("0000000000001234.tmp", null)]
    [InlineData("1234.seg", null)]
    public void Only_names_as_they_are_written_are_names(string name, long? number) =>
        Assert.Equal(number, SegmentFileName.TryParse(name, out long parsed) ? parsed : null);

    // True when there is a segment; it must be whole.
    private static bool IsWholeOrMissing(FaultyFileSystem files)
    {
        if (!files.Paths.Contains(SegmentTesting.PathOf(1)))
            return false;
        using SegmentFile segment = SegmentFile.Open(files, SegmentTesting.PathOf(1));
        Assert.Empty(segment.Verify(CancellationToken.None));
        Assert.Equal(SegmentTesting.InSegmentOrder(spans), HeadTables.Read(segment.Table));
        return true;
    }
}
