using System.Diagnostics.Metrics;

namespace Clew.Storage.Segments.Store;

/// <summary>The store's instruments, on the meter <c>Clew.Store</c>.</summary>
internal sealed class StoreMetrics
{
    private readonly Counter<long> duplicates;
    private readonly Counter<long> segmentsWritten;
    private readonly Counter<long> rowsWritten;
    private readonly Counter<long> failures;
    private readonly Counter<long> damaged;
    private readonly Counter<long> undecodable;
    private readonly Counter<long> incomplete;
    private readonly Counter<long> searchesAlone;
    private readonly Counter<long> notInDirectory;
    private readonly Counter<long> collections;
    private readonly Histogram<double> writeDuration;

    public StoreMetrics(Meter meter)
    {
        duplicates = meter.CreateCounter<long>("clew.store.duplicates", "{span}", "Spans that were there already and are kept once.");
        segmentsWritten = meter.CreateCounter<long>("clew.store.segments.written", "{segment}", "Segments written, by what for: sealing or compaction.");
        rowsWritten = meter.CreateCounter<long>("clew.store.segments.rows", "{span}", "Spans written into segments, by what for.");
        failures = meter.CreateCounter<long>("clew.store.segments.failures", "{failure}", "Segments that could not be written; they are tried again.");
        damaged = meter.CreateCounter<long>("clew.store.segments.damaged", "{segment}", "Segments that were found damaged and set aside.");
        undecodable = meter.CreateCounter<long>("clew.store.wal.undecodable", "{record}", "Records of the write-ahead log that could not be decoded, or put into memory, at the start.");
        incomplete = meter.CreateCounter<long>("clew.store.searches.incomplete", "{search}", "Searches that ended at their time limit.");
        searchesAlone = meter.CreateCounter<long>("clew.store.searches.alone", "{look}", "Looks of searches that wanted helping threads and found none free.");
        notInDirectory = meter.CreateCounter<long>("clew.store.trace_directory.left_out", "{segment}", "Segments for which the directory of traces had no room.");
        collections = meter.CreateCounter<long>("clew.store.sealing.collections", "{collection}", "Garbage collections asked for because of what sealing left behind.");
        writeDuration = meter.CreateHistogram<double>("clew.store.segments.write.duration", "s", "Time to write one segment, by what for.");
    }

    public void Duplicates(int count)
    {
        if (count > 0)
            duplicates.Add(count);
    }

    public void Written(string purpose, int rows, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("purpose", purpose);
        segmentsWritten.Add(1, tag);
        rowsWritten.Add(rows, tag);
        writeDuration.Record(duration.TotalSeconds, tag);
    }

    public void Failure() => failures.Add(1);

    public void Damaged() => damaged.Add(1);

    public void Undecodable() => undecodable.Add(1);

    public void Incomplete() => incomplete.Add(1);

    public void SearchedAlone() => searchesAlone.Add(1);

    public void LeftOutOfDirectory() => notInDirectory.Add(1);

    public void Collected() => collections.Add(1);
}
