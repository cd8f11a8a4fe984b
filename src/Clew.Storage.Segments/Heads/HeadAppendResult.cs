namespace Clew.Storage.Segments.Heads;

/// <summary>What a batch brought.</summary>
/// <param name="Spans">Spans that were not there yet.</param>
/// <param name="NewTraces">Traces first seen in this head and of which no older table has a part.</param>
internal readonly record struct HeadAppendResult(int Spans, int NewTraces);
