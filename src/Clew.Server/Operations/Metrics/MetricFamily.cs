using System.Collections.Concurrent;

namespace Clew.Server.Operations.Metrics;

/// <summary>All series of one metric.</summary>
internal sealed class MetricFamily
{
    /// <summary>A label that grows with the traffic would otherwise fill the memory.</summary>
    public const int SeriesMax = 1000;

    private readonly ConcurrentDictionary<TagSet, MetricSeries> series = new(TagSet.Comparer.Instance);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> byTags;

    public MetricFamily(string name, string help, InstrumentShape shape, double[] bounds)
    {
        Name = name;
        Help = help;
        Shape = shape;
        Bounds = bounds;
        byTags = series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Help { get; }

    public InstrumentShape Shape { get; }

    /// <summary>Upper bounds of buckets; empty when this is no histogram.</summary>
    public double[] Bounds { get; }

    public IEnumerable<KeyValuePair<TagSet, MetricSeries>> Series => series;

    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricSeries target = SeriesOf(tags);
        if (Shape.Kind == MetricKind.Histogram)
            target.Observe(measurement);
        else if (Shape.IsAbsolute)
            target.Set(measurement);
        else
            target.Add(measurement);
    }

    /// <summary>Forgets all series: those of an observable instrument exist only as long as they are reported.</summary>
    public void Clear() => series.Clear();

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (byTags.TryGetValue(tags, out MetricSeries? found))
            return found;
        // Racing threads may pass the bound by their number, no more.
        TagSet key = series.Count < SeriesMax ? new TagSet(tags) : TagSet.Overflow;
        return series.GetOrAdd(key, static (_, bounds) => new MetricSeries(bounds), Bounds);
    }
}
