using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Server.Commands.Load.Traffic;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Bench;

/// <summary>
/// Minute aggregates and service edges: what a head costs, and questions over ten million spans. Spans arrive as SDKs send them: each service's up to five seconds
/// late, so that about half of the traces are spread over heads.
/// </summary>
internal sealed class AnalyticsBenchmark
{
    private const int Services = 20;
    private const int HeadRows = 1 << 16;
    private const int HeadsPerSegment = 4;
    private const int SegmentCount = 40;
    private const long NowNs = 1_795_000_000_000_000_000;

    private readonly List<AnalyticsTable> sealedHeads = [];
    private readonly SpanTable lastHead;
    private readonly List<AnalyticsTable> segments = [];
    private readonly List<byte[][]> segmentSections = [];
    private readonly string sizes;
    private readonly string service;

    private AnalyticsBenchmark(long headNs)
    {
        List<Span> arrived = InOrderOfArrival(headNs);
        long minutes = 0, edges = 0;
        for (int i = 0; i < HeadsPerSegment; i++)
        {
            SpanTable head = Fill(arrived.Skip(i * HeadRows).Take(HeadRows));
            var table = new AnalyticsTable(head, new TableMemory(i + 1, [], null));
            byte[][] sections = Sections(SegmentAnalytics.OfHead(table, sealedHeads, CancellationToken.None));
            (minutes, edges) = (minutes + sections[0].Length, edges + sections[1].Length);
            sealedHeads.Add(new AnalyticsTable(head, Memory(i + 1, [], sections)));
        }
        lastHead = Fill(arrived.Skip(HeadsPerSegment * HeadRows));
        byte[][] merged = Sections(SegmentAnalytics.OfMerged(sealedHeads, sealedHeads, 100, CancellationToken.None));
        const double rows = HeadsPerSegment * HeadRows;
        sizes = string.Create(
            CultureInfo.InvariantCulture,
            $"bytes a span: minutes {minutes / rows:F2} sealed, {merged[0].Length / rows:F2} merged; edges {edges / rows:F2} sealed, {merged[1].Length / rows:F2} merged");
        service = arrived[0].ServiceName;
        for (int i = 0; i < SegmentCount; i++)
            segments.Add(Later(merged, i, headNs * HeadsPerSegment));
    }

    /// <summary>At a high and at a low rate.</summary>
    public static void Print(int rounds)
    {
        const long busyNs = 7_000_000_000, quietNs = 3_600_000_000_000;
        Console.WriteLine(Report(rounds, busyNs, "A head in 7 s"));
        Console.WriteLine(Report(rounds, quietNs, "A head in an hour"));
    }

    /// <summary>For a profiler: what a head costs and what questions about minutes do, again and again.</summary>
    /// <param name="time">For about how long.</param>
    public static void Repeat(TimeSpan time)
    {
        var benchmark = new AnalyticsBenchmark(7_000_000_000);
        int rounds = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; rounds++)
        {
            benchmark.MinutesOfHead();
            benchmark.AskHead(new TableMemory(200, [], null));
            MinuteQuery.Run(benchmark.segments, benchmark.service, TimeRange.All, CancellationToken.None);
            MinuteQuery.Run(benchmark.segments, null, TimeRange.All, CancellationToken.None);
        }
        Console.WriteLine($"{rounds} rounds");
    }

    private static string Report(int rounds, long headNs, string name)
    {
        var benchmark = new AnalyticsBenchmark(headNs);
        string heads = FastestRounds.Report(
            rounds,
            HeadRows,
            "span",
            ("minutes of a head", () => Sections([benchmark.MinutesOfHead()])),
            ("edges of a head", () => benchmark.AskHead(new TableMemory(200, [], null))));
        string spread = string.Create(CultureInfo.InvariantCulture, $"{benchmark.SpreadShare():P0} of the last head's traces have spans in older ones");
        TimeRange minutes = new(NowNs + 300_000_000_000, NowNs + 900_000_000_000 - 1);
        TimeRange all = TimeRange.All, hour = new(NowNs, NowNs + 3_600_000_000_000), cut = new(NowNs + headNs + 1, NowNs + SegmentCount * HeadsPerSegment * headNs / 2);
        string queries = FastestRounds.Report(
            rounds,
            1,
            "question",
            ("minutes of one service, first time", () => MinuteQuery.Run(benchmark.Reopened(), benchmark.service, all, CancellationToken.None)),
            ("minutes of one service", () => MinuteQuery.Run(benchmark.segments, benchmark.service, all, CancellationToken.None)),
            ("the same in 10 of the minutes", () => MinuteQuery.Run(benchmark.segments, benchmark.service, minutes, CancellationToken.None)),
            ("an hour of all services", () => MinuteQuery.Run(benchmark.segments, null, hour, CancellationToken.None)),
            ("all edges, first time", () => EdgeQuery.Run(benchmark.Reopened(), all, CancellationToken.None)),
            ("all edges", () => EdgeQuery.Run(benchmark.segments, all, CancellationToken.None)),
            ("edges of whole minutes", () => EdgeQuery.Run(benchmark.segments, MinuteAggregate.WholeMinutes(cut), CancellationToken.None)));
        return $"{name}: {spread}; {benchmark.sizes}\n{heads}\n{SegmentCount * HeadsPerSegment * HeadRows} spans in {SegmentCount} segments:\n{queries}";
    }

    private MinuteSection MinutesOfHead() => MinuteParts.Read(
        [new AnalyticsTable(lastHead, new TableMemory(200, [], null))], null, MinuteRange.All, static parts => new MinuteSection(parts, CancellationToken.None), CancellationToken.None);

    private void AskHead(TableMemory memory) => EdgeQuery.Run([.. sealedHeads, new AnalyticsTable(lastHead, memory)], TimeRange.All, CancellationToken.None);

    private double SpreadShare()
    {
        int spread = 0;
        TraceIndex traces = lastHead.Traces;
        for (int trace = 0; trace < traces.Count; trace++)
            spread += sealedHeads.Exists(head => head.Spans.Traces.Find(traces.IdOf(trace)) >= 0) ? 1 : 0;
        return (double)spread / traces.Count;
    }

    private static List<Span> InOrderOfArrival(long headNs)
    {
        const int count = HeadRows * (HeadsPerSegment + 1);
        const long delayNs = 5_000_000_000;
        var generator = new TraceGenerator(Services, seed: 1);
        var spans = new List<(long ArrivalNs, Span Span)>(count);
        while (spans.Count < count)
        {
            foreach (Span span in generator.Next(NowNs + spans.Count * (headNs / HeadRows)))
                spans.Add((span.EndNs + (uint)span.ServiceName.GetHashCode(StringComparison.Ordinal) % delayNs, span));
        }
        return [.. spans.OrderBy(static arrival => arrival.ArrivalNs).Select(static arrival => arrival.Span)];
    }

    private static SpanTable Fill(IEnumerable<Span> spans)
    {
        var head = new HeadTable();
        foreach (Span[] batch in spans.Chunk(512))
            head.Append(SpanWriter.WriteAll(batch, new SpanBatchBuilder()), new NoOlderTraces());
        return head.Snapshot();
    }

    private static byte[][] Sections(IReadOnlyList<ISegmentExtra> extras) => [.. extras.Select(static extra =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        extra.Write(new ColumnWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    })];

    private static TableMemory Memory(long number, long[] replaces, byte[][] sections) => new(number, replaces, extra => new ColumnReader(sections[extra - 1]));

    // The same spans again, as much later as the segments before it took.
    private AnalyticsTable Later(byte[][] sections, int place, long segmentNs)
    {
        long minutes = place * segmentNs / MinuteAggregate.MinuteNs;
        var first = new MinuteParts();
        MinuteSection.AddTo(first, new ColumnReader(sections[0]), null, MinuteRange.All, static () => { });
        var shifted = new MinuteParts();
        foreach (string name in first.Services())
            shifted.Add(name, new Shifted(first, name, minutes));
        EdgeContribution edges = EdgeSection.Read(() => new ColumnReader(sections[1]))!;
        long shiftNs = minutes * MinuteAggregate.MinuteNs;
        var later = new EdgeContribution(
            new SealedNumbers(place + 1, place + 1),
            [],
            edges.Services,
            edges.Sums,
            new TimeRange(edges.Starts.FromNs + shiftNs, edges.Starts.ToNs + shiftNs),
            [.. edges.ReadEntries().Select(entry => entry with { FirstMinute = entry.FirstMinute + minutes, LastMinute = entry.LastMinute + minutes })]);
        segmentSections.Add(Sections([new MinuteSection(shifted, CancellationToken.None), new EdgeSection(later)]));
        return new AnalyticsTable(lastHead, Memory(place + 1, [], segmentSections[place]));
    }

    private IEnumerable<AnalyticsTable> Reopened() => segmentSections.Select((sections, place) => new AnalyticsTable(lastHead, Memory(place + 1, [], sections)));

    // What parts have of one service, in later minutes.
    private sealed class Shifted : MinuteCursor
    {
        private readonly Queue<(MinuteKey Key, LatencyHistogram Latencies)> groups = [];
        private LatencyHistogram latencies = new();

        public Shifted(MinuteParts parts, string service, long minutes) =>
            parts.Take(service, (key, sum) => groups.Enqueue((key with { Minute = key.Minute + minutes }, sum.TakeHistogram())), CancellationToken.None);

        public override bool MoveNext()
        {
            if (!groups.TryDequeue(out (MinuteKey Key, LatencyHistogram Latencies) next))
                return false;
            (Key, latencies) = next;
            return true;
        }

        public override void AddTo(BucketSum sum)
        {
            for (int i = 0; i < latencies.Buckets.Length; i++)
                sum.Add(latencies.Buckets[i], latencies.Counts[i]);
        }
    }

    private sealed class NoOlderTraces : IOlderTraces
    {
        public void Find(TraceId id, List<TracePart> parts)
        {
        }
    }
}
