namespace Clew.Storage.Segments.Tables;

/// <summary>What one table holds of a trace.</summary>
/// <param name="Table">The table.</param>
/// <param name="Trace">The trace's number in it.</param>
internal readonly record struct TracePart(SpanTable Table, int Trace);
