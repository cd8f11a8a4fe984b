using Clew.Formats;
using Clew.Model;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Tables;

namespace Clew.Bench;

/// <summary>Appending decoded requests to a head, per span, beside decoding them.</summary>
internal sealed class HeadBenchmark
{
    private const int SpansABatch = 512;

    // A head's worth.
    private const int Batches = 128;

    private readonly byte[][] payloads = [.. RealisticSpans.OtlpProtobufBatches(Batches, SpansABatch)];
    private readonly SpanBatchBuilder[] builders = [.. Enumerable.Range(0, Batches).Select(_ => new SpanBatchBuilder())];
    private readonly SpanBatchBuilder spare = new();
    private readonly NothingOlder older = new();
    private readonly ArrayShelves shelves = new(bytesMax: 64 << 20);
    private HeadTable head;

    private HeadBenchmark()
    {
        head = new HeadTable(new ColumnMemory(shelves));
        for (int i = 0; i < Batches; i++)
            SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payloads[i], builders[i]);
    }

    /// <summary>See <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        var benchmark = new HeadBenchmark();
        for (int batch = 0; batch < Batches; batch++)
            benchmark.Append(batch);
        var assembler = new SpanAssembler(benchmark.head.Snapshot());
        long bytesASpan = benchmark.head.Bytes / benchmark.head.RowCount;
        // That one is read further on, so it keeps its memory.
        benchmark.head = new HeadTable(new ColumnMemory(benchmark.shelves, benchmark.head.Sizes()));
        string report = FastestRounds.ReportSeries(
            rounds,
            Batches,
            SpansABatch,
            "span",
            ("walk (floor)", batch => WireWalk.Run(benchmark.payloads[batch])),
            ("decode", batch => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, benchmark.payloads[batch], benchmark.spare)),
            ("append to a head", benchmark.Append),
            ("room asked for", batch => benchmark.head.HasRoomFor(benchmark.builders[batch].Batch)),
            ("read back", batch => ReadBack(assembler, batch)));
        int attributes = benchmark.builders.Sum(builder => builder.Batch.SpanAttributes.Count);
        return $"{Batches} requests of {SpansABatch} spans, {(double)attributes / (Batches * SpansABatch):F1} attributes a span; {bytesASpan} bytes a span in memory\n{report}";
    }

    /// <summary>Only appending, again and again: for a profiler.</summary>
    public static void Repeat(TimeSpan time)
    {
        var benchmark = new HeadBenchmark();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int batch = 0; System.Diagnostics.Stopwatch.GetElapsedTime(start) < time; batch = (batch + 1) % Batches)
            benchmark.Append(batch);
    }

    // The first batch begins a head, as in the store with the memory of one before it; the last fills it.
    private void Append(int batch)
    {
        if (batch == 0 && head.RowCount > 0)
        {
            IReadOnlyDictionary<string, ColumnSize> sizes = head.Sizes();
            head.Release();
            head = new HeadTable(new ColumnMemory(shelves, sizes));
        }
        head.Append(builders[batch].Batch, older);
    }

    private static void ReadBack(SpanAssembler assembler, int batch)
    {
        for (int row = batch * SpansABatch; row < (batch + 1) * SpansABatch; row++)
            assembler.Read(row);
    }

    private sealed class NothingOlder : IOlderTraces
    {
        public void Find(TraceId id, List<TracePart> parts)
        {
        }
    }
}
