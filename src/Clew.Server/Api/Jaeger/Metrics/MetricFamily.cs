using Clew.Query.Metrics;

namespace Clew.Server.Api.Jaeger.Metrics;

/// <summary>An answer: a gauge of OpenMetrics, one series for each service or operation.</summary>
/// <param name="Name">Such as <c>service_call_rate</c>.</param>
/// <param name="Help">What it is, for people.</param>
/// <param name="Series">Those there is something to say about.</param>
internal sealed record MetricFamily(string Name, string Help, IReadOnlyList<MetricSeries> Series);
