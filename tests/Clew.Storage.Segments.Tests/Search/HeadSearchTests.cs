using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadSearchTests : RowSearchTests
{
    internal override SpanTable TableOf(IReadOnlyList<Span> spans) => HeadTables.Of(spans);
}

public sealed class HeadNamesTests : TableNamesTests
{
    internal override SpanTable TableOf(IReadOnlyList<Span> spans) => HeadTables.Of(spans);
}

public sealed class HeadLargeSearchTests : LargeTableSearchTests
{
    internal override SpanTable TableOf(IReadOnlyList<Span> spans) => HeadTables.Of(spans);
}
