using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadSearchTests : RowSearchTests
{
    internal override SpanTable TableOf(SpanTable head) => head;
}

public sealed class HeadEdgeSearchTests : SearchEdgeTests
{
    internal override SpanTable TableOf(SpanTable head) => head;
}

public sealed class HeadNamesTests : TableNamesTests
{
    internal override SpanTable TableOf(SpanTable head) => head;
}

public sealed class HeadLargeSearchTests : LargeTableSearchTests
{
    internal override SpanTable TableOf(SpanTable head) => head;
}
