using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>Tests that every kind of table passes.</summary>
public abstract class TableTests
{
    /// <summary>A table of the kind under test with the same spans.</summary>
    internal abstract SpanTable TableOf(SpanTable head);

    internal SpanTable TableOf(IEnumerable<Span> spans) => TableOf(HeadTables.Of(spans));
}
