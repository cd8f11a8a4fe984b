using Clew.Model;
using Clew.Storage.Segments.Heads;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class HeadTableTests
{
    // Batches of a few traces, whose spans share keys.
    private static Gen<List<List<Span>>> Batches => Gen.OneOf(SpanGen.ZipkinLikeSpan, Searchable).ListUpTo(12).ListUpTo(4);

    private static Gen<Span> Searchable =>
        from span in SpanGen.ZipkinLikeSpan
        from trace in Gen.Choose(1, 3)
        from name in SpanGen.Name
        from attributes in SpanGen.List(SpanGen.AttributeKey, SpanGen.SearchValue, 8)
        select span with { TraceId = new TraceId((ulong)trace, 7), Name = name, Attributes = attributes };

    [Fact]
    public void What_is_appended_reads_back_in_its_order() => Properties.ForAll(Batches, batches =>
    {
        var head = new HeadTable();
        foreach (List<Span> batch in batches)
            HeadTables.Append(head, batch);
        Assert.Equal(batches.SelectMany(batch => batch).Distinct(), HeadTables.Read(head.Snapshot()));
    });

    [Fact]
    public void A_snapshot_stays_as_it_was() => Properties.ForAll(Batches, batches =>
    {
        var head = new HeadTable();
        var snapshots = new List<(Tables.SpanTable Table, List<Span> Spans)>();
        var all = new List<Span>();
        foreach (List<Span> batch in batches)
        {
            HeadTables.Append(head, batch);
            all = [.. all.Concat(batch).Distinct()];
            snapshots.Add((head.Snapshot(), all));
        }
        foreach ((Tables.SpanTable table, List<Span> spans) in snapshots)
        {
            Assert.Equal(spans, HeadTables.Read(table));
            HeadAssert.IndexesTraces(table, spans);
        }
    });
}
