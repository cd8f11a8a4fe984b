using System.Diagnostics.Metrics;

namespace Clew.Server.Operations.Metrics;

/// <summary>What Prometheus calls the type of a metric.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>What an instrument is to Prometheus.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="IsAbsolute">Measurements are values, not changes.</param>
/// <param name="IsObservable">Measured only when asked.</param>
internal readonly record struct InstrumentShape(MetricKind Kind, bool IsAbsolute, bool IsObservable)
{
    /// <summary>Null for an instrument of a class that is not known.</summary>
    public static InstrumentShape? Of(Instrument instrument)
    {
        Type type = instrument.GetType();
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition switch
        {
            _ when definition == typeof(Counter<>) => new(MetricKind.Counter, false, false),
            _ when definition == typeof(ObservableCounter<>) => new(MetricKind.Counter, true, true),
            _ when definition == typeof(UpDownCounter<>) => new(MetricKind.Gauge, false, false),
            _ when definition == typeof(ObservableUpDownCounter<>) => new(MetricKind.Gauge, true, true),
            _ when definition == typeof(Gauge<>) => new(MetricKind.Gauge, true, false),
            _ when definition == typeof(ObservableGauge<>) => new(MetricKind.Gauge, true, true),
            _ when definition == typeof(Histogram<>) => new(MetricKind.Histogram, false, false),
            _ => null,
        };
    }
}
