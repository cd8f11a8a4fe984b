using System.Diagnostics.Metrics;

namespace Clew.Storage.Segments.Wal;

/// <summary>The log's instruments, on the store's meter (<c>Clew.Store</c>).</summary>
internal sealed class WalMetrics
{
    private readonly Counter<long> records;
    private readonly Counter<long> bytes;
    private readonly Counter<long> failures;
    private readonly Counter<long> damage;
    private readonly Histogram<int> groupRecords;
    private readonly Histogram<double> syncDuration;

    public WalMetrics(Meter meter)
    {
        records = meter.CreateCounter<long>("clew.store.wal.records", "{record}", "Records acknowledged.");
        bytes = meter.CreateCounter<long>("clew.store.wal.bytes", "By", "Bytes of acknowledged records, with their headers.");
        failures = meter.CreateCounter<long>("clew.store.wal.failures", "{failure}", "Groups of appends, and flushes after the acknowledgement, that the disk refused.");
        damage = meter.CreateCounter<long>("clew.store.wal.damage", "{damage}", "Unreadable places found when the log was replayed.");
        groupRecords = meter.CreateHistogram<int>("clew.store.wal.group.records", "{record}", "Records that shared a flush.");
        syncDuration = meter.CreateHistogram("clew.store.wal.sync.duration", "s", "Time of one flush to the device; their number is the number of flushes.", advice: new InstrumentAdvice<double>
        {
            // From a device with a protected cache (50 µs) to one that is overloaded (1 s).
            HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
        });
    }

    public void Group(int recordCount, long byteCount)
    {
        records.Add(recordCount);
        bytes.Add(byteCount);
        groupRecords.Record(recordCount);
    }

    public void Failure() => failures.Add(1);

    public void Damage() => damage.Add(1);

    public void Sync(TimeSpan duration) => syncDuration.Record(duration.TotalSeconds);
}
