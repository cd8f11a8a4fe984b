using Clew.Model;

namespace Clew.Query.Metrics;

/// <summary>A question for a figure over time, as Prometheus answers range queries: a point every <paramref name="StepNs"/>, each about the time before it.</summary>
/// <param name="Range">The first and the last moment there is a point for.</param>
/// <param name="StepNs">From one point to the next, above 0.</param>
/// <param name="WindowNs">How far back a point looks; counted in whole minutes, rounded up.</param>
/// <param name="Kinds">Spans of these kinds count.</param>
/// <param name="ByOperation">A series for each operation instead of one for the service.</param>
public sealed record MetricQuestion(TimeRange Range, long StepNs, long WindowNs, IReadOnlySet<SpanKind> Kinds, bool ByOperation)
{
    /// <summary><see cref="WindowNs"/> in whole minutes, at least one.</summary>
    public long WholeWindowNs => Math.Max(1, (WindowNs + MinuteAggregate.MinuteNs - 1) / MinuteAggregate.MinuteNs) * MinuteAggregate.MinuteNs;

    /// <summary>The minutes that any point looks at.</summary>
    public TimeRange Minutes => Range with { FromNs = Range.FromNs - WholeWindowNs };
}

/// <summary>A figure of one service, or of one of its operations, over time.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Operation">Null for the service as a whole.</param>
/// <param name="Points">In order of time; moments there is nothing to say about are left out.</param>
public sealed record MetricSeries(string Service, string? Operation, IReadOnlyList<MetricPoint> Points);

/// <summary>A figure at a moment.</summary>
/// <param name="TimeNs">Unix nanoseconds.</param>
/// <param name="Value">In the unit of the question.</param>
public readonly record struct MetricPoint(long TimeNs, double Value);
