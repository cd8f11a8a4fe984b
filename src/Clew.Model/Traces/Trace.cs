namespace Clew.Model;

/// <summary>All known spans of one trace, in no promised order. Never empty.</summary>
public sealed class Trace
{
    public Trace(TraceId id, IReadOnlyList<Span> spans)
    {
        ArgumentOutOfRangeException.ThrowIfZero(spans.Count, nameof(spans));
        Id = id;
        Spans = spans;
    }

    public TraceId Id { get; }

    public IReadOnlyList<Span> Spans { get; }
}
