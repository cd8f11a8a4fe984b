using System.Buffers;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Conformance;
using Clew.Storage.Conformance.Cases;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Analytics;

public class SectionTests
{
    [Fact]
    public void A_segment_file_gives_its_analytics_back()
    {
        FaultyFileSystem files = SegmentTesting.Files();
        var head = new AnalyticsTable(HeadTables.Of(EdgeCases.UsualTrace), new TableMemory(7, [], null));
        IReadOnlyList<ISegmentExtra> extras = SegmentAnalytics.OfHead(head, [], CancellationToken.None);
        SegmentBuilder.Write(files, SegmentTesting.Directory, SegmentTesting.Describe(7, extras), [head.Spans], CancellationToken.None);
        using var segment = SegmentFile.Open(files, SegmentTesting.PathOf(7));

        Assert.Empty(segment.Verify(CancellationToken.None));
        EdgeContribution edges = EdgeSection.Read(() => segment.OpenExtra(EdgeSection.ExtraNumber))!;
        Assert.Equal(new SealedNumbers(7, 7), edges.Sealed);
        Assert.Equal(new TimeRange(EdgeCases.StartNs, EdgeCases.StartNs + 150_000_000), edges.Starts);
        AnalyticsTable[] tables = [new(segment.Table, new TableMemory(7, [], segment.OpenExtra))];
        Assert.Equal(EdgeCases.UsualEdges, EdgeQuery.Run(tables, TimeRange.All, CancellationToken.None));
        MinuteAggregate only = Assert.Single(MinuteQuery.Run(tables, "frontend", TimeRange.All, CancellationToken.None), row => row.Kind == SpanKind.Server);
        Assert.Equal((EdgeCases.StartNs, "get", 1), (only.MinuteStartNs, only.Operation, only.Calls));
    }

    [Fact]
    public void One_service_is_read_without_looking_at_the_others()
    {
        byte[] bytes = Write(Minutes());
        // The last byte belongs to the last service.
        bytes[^1] ^= 1;
        Assert.Equal(40, Read(bytes, "cart").Count);
        Assert.Empty(Read(bytes, "none"));
        Assert.Throws<SegmentFormatException>(() => Read(bytes, "web"));
    }

    [Fact]
    public void Minutes_come_back_as_they_were_counted()
    {
        byte[] bytes = Write(Minutes());
        var expected = new MinuteAggregator();
        foreach (Span span in Spans())
            expected.Add(span);
        Assert.Equal(expected.ToList().OrderBy(static row => row.Service, StringComparer.Ordinal).Select(TextOf), Read(bytes, null).Select(TextOf));
        Assert.Equal(["GET /0 3", "GET /1 4", "GET /2 3"], Read(bytes, "web", new MinuteRange(29_000_001, 29_000_001)).Select(static row => $"{row.Operation} {row.Calls}"));
    }

    [Theory]
    [InlineData(0, 1, 0, 0, 0)]
    [InlineData(-1, 0, 0, 0, 1)]
    [InlineData(0, 0, 0, 0, 0)]
    public void Groups_that_are_not_in_order_are_refused(long secondMinute, uint firstOperation, uint firstStatus, uint secondOperation, uint secondStatus)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ColumnWriter(output);
        writer.Begin(SectionType.MinuteServices, 1);
        writer.WriteVarint(1);
        writer.WriteText("web");
        writer.End(tryBrotli: false);
        writer.Begin(SectionType.ServiceMinutes, 1);
        writer.WriteVarint(2);
        writer.WriteText("a");
        writer.WriteText("b");
        writer.WriteVarint(2);
        foreach (ulong number in new ulong[] { 0, firstOperation, firstStatus, 1, 7 << 1, Varint.ZigZag(secondMinute), secondOperation, secondStatus, 1, 7 << 1 })
            writer.WriteVarint(number);
        writer.End(tryBrotli: false);
        int refused = 0;
        Assert.Throws<SegmentFormatException>(() => Read(output.WrittenSpan.ToArray(), null, refuse: () => refused++));
        Assert.Equal(1, refused);
    }

    [Fact]
    public void Percentiles_survive_a_segment_within_one_percent()
    {
        var random = new Random(1);
        long[] durationsNs = [.. Enumerable.Range(0, 5_000).Select(_ => (long)Math.Exp(random.NextDouble() * 25)).Order()];
        IEnumerable<Span> spans = durationsNs.Select((durationNs, i) => TestSpan.Of(new TraceId(0, (ulong)i + 1), 1) with { DurationNs = durationNs });
        var model = new SegmentModel();
        foreach (Span[] some in spans.Chunk(1_700))
        {
            model.Append(some);
            model.Seal();
        }
        model.Merge(0, 1);
        MinuteAggregate row = Assert.Single(MinuteQuery.Run(model.Tables, null, TimeRange.All, CancellationToken.None));
        Assert.Equal(durationsNs.Length, row.Calls);
        foreach (double quantile in new[] { 0.01, 0.5, 0.9, 0.99, 0.999, 1 })
        {
            long exactNs = durationsNs[(int)Math.Ceiling(quantile * durationsNs.Length) - 1];
            Assert.InRange(row.Latencies.QuantileNs(quantile), exactNs * 0.99, exactNs * 1.01);
        }
    }

    [Fact]
    public void Damaged_sections_are_refused_and_never_misread()
    {
        EdgeContribution edges = Edges();
        byte[] minuteBytes = Write(Minutes()), edgeBytes = Write(new EdgeSection(edges));
        for (int i = 0; i < minuteBytes.Length; i++)
            Assert.Throws<SegmentFormatException>(() => Read(Flipped(minuteBytes, i), null));
        for (int i = 0; i < edgeBytes.Length; i++)
            Assert.Throws<SegmentFormatException>(() => EdgeSection.Read(() => new ColumnReader(Flipped(edgeBytes, i)))!.ReadEntries());
    }

    [Fact]
    public void A_contribution_comes_back_as_it_was()
    {
        EdgeContribution written = Edges();
        byte[] bytes = Write(new EdgeSection(written));
        EdgeContribution read = EdgeSection.Read(() => new ColumnReader(bytes))!;
        Assert.Equal((written.Sealed, written.Starts, written.HasUntimed), (read.Sealed, read.Starts, read.HasUntimed));
        Assert.Equal(written.Needs, read.Needs);
        Assert.Equal(written.Services, read.Services);
        Assert.Equal(written.Sums, read.Sums);
        Assert.Equal(written.ReadEntries(), read.ReadEntries());
    }

    private static EdgeContribution Edges()
    {
        var ledger = new EdgeLedger();
        int web = ledger.Services.Of("web"), cart = ledger.Services.Of("cart"), stock = ledger.Services.Of("stock");
        ledger.Add(new EdgeKey(29_000_000, 29_000_000, web, cart), new EdgeCount(1_000_000, 20));
        ledger.Add(new EdgeKey(29_000_000, 29_000_003, web, cart), new EdgeCount(-3, -1));
        ledger.Add(new EdgeKey(-5, 29_000_000, cart, stock), new EdgeCount(1, 0));
        ledger.Add(new EdgeKey(MinuteNumber.NoFirst, MinuteNumber.NoLast, stock, web), new EdgeCount(2, 2));
        ledger.Include(new TimeRange(-300_000_000_000, 1_740_000_000_000_000_000));
        return ledger.ToContribution(new SealedNumbers(3, 9), [2, 1]);
    }

    private static MinuteSection Minutes() => MinuteParts.Read(
        [new AnalyticsTable(HeadTables.Of(Spans()), new TableMemory(1, [], null))],
        null,
        MinuteRange.All,
        static parts => new MinuteSection(parts, CancellationToken.None),
        CancellationToken.None);

    private static IEnumerable<Span> Spans()
    {
        for (int i = 0; i < 40; i++)
        {
            var id = new TraceId(0, (ulong)i + 1);
            yield return TestSpan.Of(id, 1, "web") with
            {
                Kind = SpanKind.Server,
                Name = $"GET /{i % 3}",
                StartNs = MinuteNumber.StartNs(29_000_000 + i / 10),
                DurationNs = i * 1_000L,
            };
            yield return TestSpan.Of(id, 2, "cart") with
            {
                Kind = SpanKind.Client,
                Name = "reserve",
                Status = StatusCode.Error,
                StartNs = MinuteNumber.StartNs(29_000_000 - i) + 1,
                DurationNs = long.MaxValue - i,
            };
        }
    }

    private static List<MinuteAggregate> Read(byte[] bytes, string? service, MinuteRange? range = null, Action? refuse = null)
    {
        var parts = new MinuteParts();
        MinuteSection.AddTo(parts, new ColumnReader(bytes), service, range ?? MinuteRange.All, refuse ?? (static () => { }));
        var rows = new List<MinuteAggregate>();
        foreach (string name in parts.Services())
        {
            parts.Take(
                name,
                (key, sum) =>
                {
                    LatencyHistogram latencies = sum.TakeHistogram();
                    rows.Add(new MinuteAggregate(MinuteNumber.StartNs(key.Minute), name, key.Operation, key.Kind, key.Status, latencies.Count, latencies));
                },
                CancellationToken.None);
        }
        return rows;
    }

    private static string TextOf(MinuteAggregate row) =>
        $"{row.MinuteStartNs} {row.Service} {row.Operation} {row.Kind} {row.Status} {row.Calls}: {string.Join(' ', row.Latencies.Buckets.ToArray())} x {string.Join(' ', row.Latencies.Counts.ToArray())}";

    private static byte[] Write(ISegmentExtra extra)
    {
        var bytes = new ArrayBufferWriter<byte>();
        extra.Write(new ColumnWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 0x40;
        return flipped;
    }
}
