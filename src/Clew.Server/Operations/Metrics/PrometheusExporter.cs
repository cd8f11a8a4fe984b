using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Clew.Server.Operations.Metrics;

/// <summary>
/// Keeps the present value of everything measured by meters whose names begin with <c>Clew.</c> and writes it for Prometheus. Listens
/// from its construction: what was measured before is not known to it.
/// </summary>
internal sealed partial class PrometheusExporter : IDisposable
{
    public const string MeterPrefix = "Clew.";

    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly Lock writing = new();
    private readonly IMeterFactory meters;
    private readonly ILogger<PrometheusExporter> logger;

    /// <param name="meters">Meters made by another factory belong to another server in this process; those made by none are everybody's.</param>
    /// <param name="logger">Told of instruments that cannot be read.</param>
    public PrometheusExporter(IMeterFactory meters, ILogger<PrometheusExporter> logger)
    {
        this.meters = meters;
        this.logger = logger;
        listener.InstrumentPublished = (instrument, _) => Enable(instrument);
        listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(state, value, tags));
        listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record(state, (double)value, tags));
        listener.Start();
    }

    /// <summary>Everything as of now.</summary>
    public string Write()
    {
        var text = new PrometheusText();
        // Two scrapes at once would each clear what the other has just observed.
        lock (writing)
        {
            Observe();
            foreach (MetricFamily family in families.Values.OrderBy(static family => family.Name, StringComparer.Ordinal))
                text.Write(family);
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Enable(Instrument instrument)
    {
        if (!instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal)
            || (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, meters))
            || InstrumentShape.Of(instrument) is not { } shape)
            return;
        string name = MetricName.Of(instrument.Name, instrument.Unit, shape.Kind);
        MetricFamily family = families.GetOrAdd(name, _ => new MetricFamily(
            name, instrument.Description ?? "", shape, shape.Kind == MetricKind.Histogram ? Buckets.Of(instrument) : []));
        if (family.Shape == shape)
            listener.EnableMeasurementEvents(instrument, family);
        else
            LogConflict(name, instrument.Meter.Name, instrument.Name);
    }

    private void Observe()
    {
        foreach (MetricFamily family in families.Values)
        {
            if (family.Shape.IsObservable)
                family.Clear();
        }
        try
        {
            listener.RecordObservableInstruments();
        }
        catch (AggregateException error)
        {
            // The others have been read; a scrape without one gauge is worth more than none.
            LogUnreadable(error);
        }
    }

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);

    [LoggerMessage(1, LogLevel.Warning, "Metric {Name} is left out for {Meter}/{Instrument}: another instrument of a different type has the name")]
    private partial void LogConflict(string name, string meter, string instrument);

    [LoggerMessage(2, LogLevel.Warning, "Some metrics could not be read")]
    private partial void LogUnreadable(Exception error);
}
