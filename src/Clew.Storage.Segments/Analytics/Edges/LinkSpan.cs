using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>What the linker knows of a span of the trace at hand. Spans are meant by their place in it; -1 means none.</summary>
internal struct LinkSpan
{
    public LinkColumns Columns;
    public int Row;
    public SpanId Id;
    public SpanId ParentId;

    /// <summary>Unix nanoseconds; 0 when the span has no time.</summary>
    public long StartNs;
    public SpanKind Kind;
    public bool IsShared;

    /// <summary>The service that recorded it, by <see cref="ServiceNumbers"/>.</summary>
    public int Local;

    /// <summary>The other span of its id.</summary>
    public int Twin;

    public int Parent;

    /// <summary>The nearest span above it that takes part in a call.</summary>
    public int Caller;

    /// <summary>Whether something below it says more of the call: see <see cref="Query.DependencyLinker"/>.</summary>
    public bool IsAnswered;

    public readonly bool IsCall => Kind is SpanKind.Client or SpanKind.Server or SpanKind.Producer or SpanKind.Consumer;
}
