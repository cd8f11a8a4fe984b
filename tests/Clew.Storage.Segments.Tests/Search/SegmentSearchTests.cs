using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests;

public sealed class SegmentSearchTests : RowSearchTests
{
    internal override SpanTable TableOf(SpanTable head) => SearchedSegments.Of(head);
}

public sealed class SegmentEdgeSearchTests : SearchEdgeTests
{
    internal override SpanTable TableOf(SpanTable head) => SearchedSegments.Of(head);
}

public sealed class SegmentNamesTests : TableNamesTests
{
    internal override SpanTable TableOf(SpanTable head) => SearchedSegments.Of(head);
}

public sealed class SegmentLargeSearchTests : LargeTableSearchTests
{
    internal override SpanTable TableOf(SpanTable head) => SearchedSegments.Of(head);
}

internal static class SearchedSegments
{
    /// <summary>The segment a head is sealed into.</summary>
    public static SpanTable Of(SpanTable head)
    {
        // There is no empty segment.
        if (head.RowCount == 0)
            return head;
        FaultyFileSystem files = SegmentTesting.Files();
        SegmentTesting.Write(files, 1, head);
        return SegmentFile.Open(files, SegmentTesting.PathOf(1)).Table;
    }
}
