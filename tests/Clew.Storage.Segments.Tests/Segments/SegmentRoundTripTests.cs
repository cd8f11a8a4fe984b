using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

public sealed class SegmentRoundTripTests
{
    [Fact]
    public void A_head_comes_back_from_its_segment_in_the_order_of_traces() => Properties.ForAll(SegmentTesting.Spans, spans =>
    {
        FaultyFileSystem files = SegmentTesting.Files();
        using SegmentFile segment = SegmentTesting.Of(files, 5, spans);
        Span[] expected = SegmentTesting.InSegmentOrder(spans.Distinct());
        Assert.Equal(expected, HeadTables.Read(segment.Table));
        HeadAssert.IndexesTraces(segment.Table, [.. expected]);
        Assert.Empty(segment.Verify(CancellationToken.None));
        Assert.Equal(expected.GroupBy(span => span.TraceId).Any(trace => trace.All(span => span.StartNs == 0)), segment.Table.Traces.HasTracesWithoutTime);
        bool[] chosen = [.. expected.Select(span => span.SpanId.Value % 3 == 0)];
        using RowBitmap rows = Bitmaps.From(chosen);
        Assert.Equal(
            Enumerable.Range(0, segment.Table.Traces.Count).Select(trace => expected.Index().Any(span => chosen[span.Index] && segment.Table.Traces.TraceOf(span.Index) == trace)),
            Bitmaps.Scan(segment.Table.Traces.Count, traces =>
            {
                traces.Clear();
                segment.Table.Traces.AddTracesOf(rows, traces);
            }));
    });

    [Fact]
    public void Segments_come_back_from_the_one_they_are_made_into() => Properties.ForAll(SegmentTesting.Spans.ListUpTo(3).Where(parts => parts.Count > 0), parts =>
    {
        FaultyFileSystem files = SegmentTesting.Files();
        // A span is stored once: what a later part repeats is left out, as a head does that knows the older tables.
        var known = new HashSet<Span>();
        List<List<Span>> distinct = [.. parts.Select(part => part.Where(known.Add).ToList()).Where(part => part.Count > 0)];
        List<SegmentFile> segments = [.. distinct.Select((part, i) => SegmentTesting.Of(files, i, part))];
        // And a head beside them: tables of both kinds are united alike.
        SpanTable[] inputs = [.. segments.Select(segment => segment.Table), HeadTables.Of(distinct.Select(part => part[0] with { Name = "of the head" }))];
        SegmentTesting.Write(files, 9, inputs);
        using SegmentFile united = SegmentFile.Open(files, SegmentTesting.PathOf(9));
        Assert.Equal(
            SegmentTesting.InSegmentOrder(segments.SelectMany(segment => HeadTables.Read(segment.Table)).Concat(HeadTables.Read(inputs[^1]))),
            HeadTables.Read(united.Table));
        Assert.Empty(united.Verify(CancellationToken.None));
        segments.ForEach(segment => segment.Dispose());
    }, count: 100);

    [Fact]
    public void Summaries_are_those_of_the_reference() => Properties.ForAll(SegmentTesting.Spans, spans =>
    {
        using SegmentFile segment = SegmentTesting.Of(SegmentTesting.Files(), 1, spans);
        foreach (IGrouping<TraceId, Span> trace in spans.Distinct().GroupBy(span => span.TraceId))
        {
            ITraceSummaries summaries = segment.Table.Traces.Summaries!;
            TraceSummary expected = TraceSummarizer.Summarize(new Trace(trace.Key, [.. trace]));
            int number = segment.Table.Traces.Find(trace.Key);
            Assert.Equal(expected, summaries.SummaryOf(number));
            TraceFigures figures = summaries.FiguresOf(number);
            Assert.Equal(
                (expected.StartNs, expected.DurationNs, expected.SpanCount, expected.ErrorCount, expected.OrphanCount),
                (figures.MinStartNs, figures.EndNs - figures.MinStartNs, figures.SpanCount, figures.ErrorCount, figures.OrphanCount));
        }
    });

    [Fact]
    public void Rows_are_found_by_start_and_by_having_no_parent() => Properties.ForAll(
        from spans in SegmentTesting.Spans
        from edges in Gen.Elements(0L, 1L, 2L, -1L, SpanGen.BaseNs, SpanGen.BaseNs + (1L << 40), long.MinValue, long.MaxValue).Two()
        select (spans, edges),
        drawn =>
        {
            using SegmentFile segment = SegmentTesting.Of(SegmentTesting.Files(), 1, drawn.spans);
            Span[] spans = HeadTables.Read(segment.Table);
            Assert.Equal(spans.Select(span => span.ParentSpanId.IsZero), Bitmaps.Scan(spans.Length, segment.Table.Roots));
            foreach (TimeRange range in new[] { TimeRange.All, new TimeRange(drawn.edges.Item1, drawn.edges.Item2), new TimeRange(spans[0].StartNs, spans[^1].StartNs) })
                Assert.Equal(spans.Select(span => TraceTime.Contains(range, span.StartNs)), Bitmaps.Scan(spans.Length, rows => segment.Table.StartsIn(range, rows)));
        });

    [Fact]
    public void What_reads_many_rows_reads_what_reading_each_gives() => Properties.ForAll(SegmentTesting.Spans, spans =>
    {
        using SegmentFile segment = SegmentTesting.Of(SegmentTesting.Files(), 1, spans);
        SpanTable table = segment.Table;
        for (int start = 0; start <= table.RowCount; start += 3)
        {
            int count = Math.Min(7, table.RowCount - start);
            ulong[] ids = new ulong[count], parents = new ulong[count];
            long[] starts = new long[count];
            table.ReadSpanIds(start, ids);
            table.ReadParents(start, parents);
            table.ReadStartsNs(start, starts);
            int[] rows = [.. Enumerable.Range(start, count)];
            Assert.Equal(rows.Select(row => table.SpanIdOf(row).Value), ids);
            Assert.Equal(rows.Select(row => table.ParentOf(row).Value), parents);
            Assert.Equal(rows.Select(table.StartNsOf), starts);
        }
    });

    [Fact]
    public void The_footer_says_what_the_segment_was_given_and_has()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        Span span = One(1, SpanGen.BaseNs);
        SegmentInfo written = SegmentBuilder.Write(
            files, SegmentTesting.Directory, SegmentTesting.Describe(0x1234, new Note(3, "three"), new Note(70_000, "many")), [HeadTables.Of([span, One(2, 0)])], CancellationToken.None);
        using SegmentFile segment = SegmentFile.Open(files, SegmentTesting.PathOf(0x1234));
        Assert.EndsWith("0000000000001234.seg", segment.Path, StringComparison.Ordinal);
        SegmentInfo info = segment.Info;
        Assert.Equal((0x1234, 2, 2, 1, new TimeRange(10, 20), 77), (info.Number, info.Rows, info.Traces, info.NewTraces, info.Arrival, info.WalReplayFrom));
        Assert.Equal([0x1234 + 100, 0x1234 + 101], info.Replaces);
        Assert.Equal([new TimeRange(SpanGen.BaseNs, SpanGen.BaseNs)], info.Starts);
        Assert.Equal(files.Content(SegmentTesting.PathOf(0x1234)).Length, info.Bytes);
        Assert.Equal((written.Bytes, written.Rows), (info.Bytes, info.Rows));
        Assert.Equal("three", Note.Read(segment.OpenExtra(3)!));
        Assert.Equal("many", Note.Read(segment.OpenExtra(70_000)!));
        Assert.Null(segment.OpenExtra(4));
    }

    [Fact]
    public void A_large_trace_with_many_parents_comes_back()
    {
        var random = new Random(3);
        Span[] spans = [.. Enumerable.Range(0, 2000).Select(i => One(7, SpanGen.BaseNs + random.Next(100)) with { SpanId = new SpanId((ulong)i + 1), ParentSpanId = new SpanId((ulong)random.Next(2100)) })];
        using SegmentFile segment = SegmentTesting.Of(SegmentTesting.Files(), 1, spans);
        Assert.Equal(SegmentTesting.InSegmentOrder(spans), HeadTables.Read(segment.Table));
        Assert.Equal(TraceSummarizer.Summarize(new Trace(spans[0].TraceId, spans)), segment.Table.Traces.Summaries!.SummaryOf(0));
    }

    [Fact]
    public void More_keys_than_columns_leave_the_rarest_to_the_rest()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        const int keysOfEach = 1500;
        List<SegmentFile> segments = [];
        for (int part = 0; part < 2; part++)
        {
            IEnumerable<Span> spans = Enumerable.Range(0, keysOfEach).Select(i => One((ulong)(part * keysOfEach + i + 1), SpanGen.BaseNs) with
            {
                Attributes = new AttributeList(
                    new KeyValue("common", AttributeValue.From((long)i)),
                    new KeyValue($"key {part} {i}", AttributeValue.From("rare")),
                    new KeyValue("common", AttributeValue.From(true)),
                    new KeyValue($"key {part} {i}", AttributeValue.From("again"))),
            });
            segments.Add(SegmentTesting.Of(files, part, spans));
        }
        SegmentTesting.Write(files, 9, [.. segments.Select(segment => segment.Table)]);
        using SegmentFile united = SegmentFile.Open(files, SegmentTesting.PathOf(9));
        Assert.Equal(AttributeTable.ColumnsMax, united.Table.Attributes.Keys.Count);
        Assert.Equal(2, united.Table.Attributes.ColumnsOf("common").Count);
        Assert.NotNull(united.Table.Attributes.Rest);
        Assert.Equal(SegmentTesting.InSegmentOrder(segments.SelectMany(segment => HeadTables.Read(segment.Table))), HeadTables.Read(united.Table));
        Assert.Empty(united.Verify(CancellationToken.None));
    }

    [Fact]
    public void What_is_read_after_disposal_throws()
    {
        SegmentFile segment = SegmentTesting.Of(SegmentTesting.Files(), 1, [One(1, SpanGen.BaseNs)]);
        segment.Dispose();
        segment.Dispose();
        Assert.Throws<ObjectDisposedException>(() => segment.Verify(CancellationToken.None));
    }

    [Fact]
    public void Cancellation_leaves_nothing()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        Assert.Throws<OperationCanceledException>(() =>
            SegmentBuilder.Write(files, SegmentTesting.Directory, SegmentTesting.Describe(1), [HeadTables.Of([One(1, 5)])], new CancellationToken(canceled: true)));
        Assert.Empty(files.Paths);
    }

    [Fact]
    public void What_no_reader_would_take_is_not_written()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        foreach (SegmentWrite write in new[]
        {
            SegmentTesting.Describe(-1),
            SegmentTesting.Describe(1, new Note(3, "one"), new Note(3, "other")),
            SegmentTesting.Describe(1) with { Arrival = new TimeRange(2, 1) },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => SegmentBuilder.Write(files, SegmentTesting.Directory, write, [HeadTables.Of([One(1, 5)])], CancellationToken.None));
        }
        Assert.Throws<InvalidOperationException>(() => SegmentTesting.Write(files, 1, HeadTables.Of([])));
        Assert.Empty(files.Paths);
    }

    internal static Span One(ulong trace, long startNs) => new() { TraceId = new TraceId(9, trace), SpanId = new SpanId(trace), StartNs = startNs, DurationNs = 5, Name = "one" };

    private sealed class Note(int number, string text) : ISegmentExtra
    {
        public int Number => number;

        public void Write(ColumnWriter writer)
        {
            writer.Begin(SectionType.Keys, 1);
            writer.WriteBytes(System.Text.Encoding.UTF8.GetBytes(text));
            writer.End(tryBrotli: false);
        }

        public static string Read(ColumnReader reader) => System.Text.Encoding.UTF8.GetString(reader.Read(SectionType.Keys, 1).ReadRest().Span);
    }
}
