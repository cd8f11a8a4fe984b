using Clew.Model;

namespace Clew.Storage;

/// <summary>A span name of a service with the kind it is used with.</summary>
public sealed record Operation(string Service, string Name, SpanKind Kind);

/// <summary>A value in text form and the number of spans that carry it.</summary>
public sealed record AttributeValueCount(string Value, AttributeType Type, long SpanCount);

/// <summary>What a store holds now.</summary>
/// <param name="Spans">Spans that can be found.</param>
/// <param name="Traces">Traces that can be found.</param>
/// <param name="Bytes">Approximate size where they are kept.</param>
/// <param name="EvictedSpans">Spans removed by retention since the process started.</param>
public sealed record StoreStatistics(long Spans, long Traces, long Bytes, long EvictedSpans);
