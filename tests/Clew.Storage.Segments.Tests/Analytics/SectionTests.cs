using System.Buffers;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Conformance;
using Clew.Storage.Conformance.Cases;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;
using FsCheck.Fluent;

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

    [Fact]
    public void Groups_by_hand_are_read()
    {
        byte[] bytes = Groups(0, 0, 0, 3, 63 << 1, (64 << 1) | 1, 5, 3_000 << 1, Varint.ZigZag(-1), 1, 0x0302, 1, (9 << 1) | 1, 0);
        Assert.Throws<SegmentFormatException>(() => Read(bytes, null));
        bytes = Groups(Varint.ZigZag(-1), 1, 0x0302, 1, (9 << 1) | 1, 0, Varint.ZigZag(1), 0, 0, 3, 63 << 1, (64 << 1) | 1, 5, 3_000 << 1);
        Assert.Equal(
            ["-60000000000 web b Client Error 2: 9 x 2", "0 web a Unspecified Unset 9: 63 127 3127 x 1 7 1"],
            Read(bytes, null).Select(TextOf));
    }

    [Fact]
    public void Any_buckets_and_numbers_come_back() => Properties.ForAll(
        from steps in Gen.Frequency((3, Gen.Choose(1, 20)), (1, Gen.Choose(1, 800))).NonEmptyListOf()
        from counts in Gen.Frequency((3, Gen.Choose(1, 9)), (1, Gen.Choose(1, int.MaxValue))).ListOf(steps.Count)
        select (steps.ToList(), counts.ToList()),
        drawn =>
        {
            var sum = new BucketSum();
            var expected = new LatencyHistogram();
            int bucket = -1;
            foreach ((int step, int count) in drawn.Item1.Zip(drawn.Item2))
            {
                bucket += step;
                if (bucket >= LatencyBuckets.Count)
                    break;
                sum.Add(bucket, count);
                expected.AddBucket(bucket, count);
            }
            var bytes = new ArrayBufferWriter<byte>();
            sum.TakeTo(bytes);
            int position = 0;
            Assert.True(BucketSum.TrySkip(bytes.WrittenSpan, ref position));
            Assert.Equal(bytes.WrittenCount, position);
            for (int end = 0; end < bytes.WrittenCount; end++)
            {
                position = 0;
                Assert.False(BucketSum.TrySkip(bytes.WrittenSpan[..end], ref position));
            }
            position = 0;
            Assert.True(sum.TryAdd(bytes.WrittenSpan, ref position));
            LatencyHistogram read = sum.TakeHistogram();
            Assert.Equal(expected.Buckets, read.Buckets);
            Assert.Equal(expected.Counts, read.Counts);
            Assert.Equal(0, sum.TakeHistogram().Count);
        },
        100);

    [Theory]
    [InlineData(0, 1, 0, 0, 0)]
    [InlineData(-1, 0, 0, 0, 1)]
    [InlineData(0, 0, 0, 0, 0)]
    public void Groups_that_are_not_in_order_are_refused(long secondMinute, uint firstOperation, uint firstStatus, uint secondOperation, uint secondStatus)
    {
        byte[] bytes = Groups(0, firstOperation, firstStatus, 1, 7 << 1, Varint.ZigZag(secondMinute), secondOperation, secondStatus, 1, 7 << 1);
        int refused = 0;
        Assert.Throws<SegmentFormatException>(() => Read(bytes, null, refuse: () => refused++));
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

    // One service with operations a and b, and two groups.
    private static byte[] Groups(params ulong[] groups)
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
        foreach (ulong number in groups)
            writer.WriteVarint(number);
        writer.End(tryBrotli: true);
        return output.WrittenSpan.ToArray();
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
