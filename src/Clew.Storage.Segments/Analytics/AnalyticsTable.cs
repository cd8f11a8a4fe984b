using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>A table with what analytics know of it.</summary>
/// <param name="Spans">A head's snapshot or a segment's table.</param>
/// <param name="Memory">One for each head and for each segment, for as long as it is there.</param>
internal sealed record AnalyticsTable(SpanTable Spans, TableMemory Memory);
