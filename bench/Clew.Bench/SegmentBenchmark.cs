using System.Diagnostics;
using System.Globalization;
using System.Text;
using Clew.Model;
using Clew.Server.Commands.Load.Traffic;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Bench;

/// <summary>Sealing a head, compacting segments, reading a trace from a segment, and what a span takes there. Files are written without flushing them.</summary>
internal sealed class SegmentBenchmark : IDisposable
{
    private const int RowCount = 1 << 16;
    private const int SegmentCount = 4;
    private const int TraceReads = 200;
    private const long NowNs = 1_795_000_000_000_000_000;

    // A head takes about ten seconds of the traffic it is sealed at.
    private const long HeadNs = 10_000_000_000;

    private readonly string directory = Directory.CreateTempSubdirectory("clew-segments-").FullName;
    private readonly UnflushedFiles files = new();
    private readonly SpanTable head;
    private readonly List<SegmentFile> segments = [];
    private readonly SegmentFile compacted;
    private long next;

    private SegmentBenchmark()
    {
        var generator = new TraceGenerator(services: 20, seed: 1);
        head = Fill(generator, 0);
        for (int i = 0; i < SegmentCount; i++)
            segments.Add(Open(Write([i == 0 ? head : Fill(generator, i)])));
        compacted = Open(Write([.. segments.Select(static segment => segment.Table)]));
    }

    public static string Report(int rounds)
    {
        using var benchmark = new SegmentBenchmark();
        string sealing = $"sealing a head: {CpuNs(rounds, () => benchmark.WriteAndDelete([benchmark.head])) / RowCount:F0} ns a span";
        string compaction = $"compacting {SegmentCount} segments: {CpuNs(rounds, benchmark.Compact) / benchmark.compacted.Info.Rows:F0} ns a span";
        string reading = FastestRounds.Report(
            rounds * 10, TraceReads, "trace", ("a trace of 8 spans", () => benchmark.ReadTraces(benchmark.segments[0])), ("of the larger segment", () => benchmark.ReadTraces(benchmark.compacted)));
        string scanning = FastestRounds.Report(rounds * 50, benchmark.compacted.Info.Rows, "row", [.. benchmark.Scans()]);
        return $"Processor time of all threads, least of {rounds} rounds: {sealing}, {compaction}\n{reading}\n{scanning}\n{Sizes(benchmark.segments[0])}\n{Sizes(benchmark.compacted)}";
    }

    /// <summary>Seals the head again and again, for a profiler.</summary>
    public static void Repeat(TimeSpan time)
    {
        using var benchmark = new SegmentBenchmark();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
            benchmark.WriteAndDelete([benchmark.head]);
    }

    public void Dispose()
    {
        compacted.Dispose();
        segments.ForEach(static segment => segment.Dispose());
        Directory.Delete(directory, recursive: true);
    }

    private static SpanTable Fill(TraceGenerator generator, int number)
    {
        var table = new HeadTable();
        var spans = new List<Span>();
        while (table.RowCount < RowCount)
        {
            spans.Clear();
            while (spans.Count < 512)
                spans.AddRange(generator.Next(NowNs + number * HeadNs + table.RowCount * (HeadNs / RowCount)));
            table.Append(SpanWriter.WriteAll(spans.Take(RowCount - table.RowCount), new SpanBatchBuilder()), new NoOlderTraces());
        }
        return table.Snapshot();
    }

    private long Write(IReadOnlyList<SpanTable> inputs)
    {
        SegmentBuilder.Write(
            files, directory, new SegmentWrite { Number = next, NewTraces = 0, Arrival = new TimeRange(0, 1), WalReplayFrom = 0 }, inputs, CancellationToken.None);
        return next++;
    }

    private void WriteAndDelete(IReadOnlyList<SpanTable> inputs) => files.Delete(PathOf(Write(inputs)));

    private void Compact() => WriteAndDelete([.. segments.Select(static segment => segment.Table)]);

    // A round takes longer than the machine lets one thread run undisturbed, so that its wall time would be that of whatever else runs.
    private static double CpuNs(int rounds, Action call)
    {
        double least = double.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            call();
            least = Math.Min(least, (Environment.CpuUsage.TotalTime - before).TotalNanoseconds);
        }
        return least;
    }

    private SegmentFile Open(long number) => SegmentFile.Open(files, PathOf(number));

    private string PathOf(long number) => Path.Combine(directory, SegmentFileName.Of(number));

    private int ReadTraces(SegmentFile segment)
    {
        TraceIndex traces = segment.Table.Traces;
        var rows = new List<int>();
        int read = 0;
        for (int i = 0, trace = 0; i < TraceReads; trace = (trace + 7919) % traces.Count)
        {
            if (traces.SpanCount(trace) != 8)
                continue;
            i++;
            rows.Clear();
            traces.AddRows(traces.Find(traces.IdOf(trace)), rows);
            var assembler = new SpanAssembler(segment.Table);
            foreach (int row in rows)
                read += assembler.Read(row).Attributes.Count;
        }
        return read;
    }

    private IEnumerable<(string Name, Action Call)> Scans()
    {
        Int64Column durations = compacted.Table.DurationsNs;
        long[] sorted = new long[durations.Count];
        durations.Read(0, sorted);
        Array.Sort(sorted);
        long median = sorted[sorted.Length / 2], p90 = sorted[sorted.Length / 10 * 9];
        var rows = RowBitmap.Rent(durations.Count);
        yield return ("durations over p90", () => durations.InRange(p90, long.MaxValue, rows));
        yield return ("durations over p50", () => durations.InRange(median, long.MaxValue, rows));
        yield return ("all durations read", () => durations.Read(0, sorted));
    }

    private static string Sizes(SegmentFile segment)
    {
        var report = new StringBuilder();
        double rows = segment.Info.Rows;
        report.AppendLine(CultureInfo.InvariantCulture, $"{segment.Info.Rows} spans, {segment.Info.Traces} traces: {segment.Info.Bytes / rows:F1} bytes a span");
        foreach (SegmentEntry entry in segment.Entries.OrderByDescending(static entry => entry.Length).Where(entry => entry.Length / rows >= 0.05))
        {
            string name = entry.Section == SegmentSection.SpanAttribute ? segment.Table.Attributes.Keys[entry.Number].Name : entry.Section.ToString();
            report.AppendLine(CultureInfo.InvariantCulture, $"  {name,-32} {entry.Length / rows,6:F2}");
        }
        report.AppendLine(CultureInfo.InvariantCulture, $"  {"all others",-32} {segment.Entries.Where(entry => entry.Length / rows < 0.05).Sum(static entry => entry.Length) / rows,6:F2}");
        return report.ToString();
    }

    private sealed class NoOlderTraces : IOlderTraces
    {
        public void Find(TraceId id, List<TracePart> parts)
        {
        }
    }
}
