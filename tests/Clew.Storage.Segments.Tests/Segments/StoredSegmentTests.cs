using Clew.Model;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;

namespace Clew.Storage.Segments.Tests;

/// <summary>Files that an earlier program wrote are read to the last value by every later one.</summary>
public sealed class StoredSegmentTests
{
    [Theory]
    [InlineData("version-1.seg")]
    public void A_stored_segment_is_read_as_it_was_written(string name)
    {
        FaultyFileSystem files = SegmentTesting.Files();
        files.Put(SegmentTesting.PathOf(1), File.ReadAllBytes(Path.Combine(Fixtures.Segments, name)));
        using SegmentFile segment = SegmentFile.Open(files, SegmentTesting.PathOf(1));
        Span[] expected = SegmentTesting.InSegmentOrder(StoredSpans.Make());
        Assert.Equal(expected, HeadTables.Read(segment.Table));
        Assert.Empty(segment.Verify(CancellationToken.None));
        // And it is taken into a new segment as it is.
        SegmentTesting.Write(files, 2, segment.Table);
        using SegmentFile compacted = SegmentFile.Open(files, SegmentTesting.PathOf(2));
        Assert.Equal(expected, HeadTables.Read(compacted.Table));
    }
}
