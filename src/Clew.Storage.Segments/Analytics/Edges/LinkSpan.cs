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

    /// <summary><see cref="LinkRow.Remote"/>.</summary>
    public int Remote;

    /// <summary><see cref="LinkRow.HasErrorStatus"/>.</summary>
    public bool HasErrorStatus;

    /// <summary>The other span of its id.</summary>
    public int Twin;

    public int Parent;

    /// <summary>The nearest span above it that takes part in a call.</summary>
    public int Caller;

    /// <summary>Whether something below it says more of the call: see <see cref="Query.DependencyLinker"/>.</summary>
    public bool IsAnswered;

    /// <summary>The service on the other side, or <see cref="ServiceNumbers.None"/>.</summary>
    public readonly int RemoteService => Remote != LinkRow.NoEndpointName ? Remote : Columns.PeerOf(Row);

    public readonly bool HasError => HasErrorStatus || Columns.HasErrorAttribute(Row);

    public readonly bool IsCall => Kind is SpanKind.Client or SpanKind.Server or SpanKind.Producer or SpanKind.Consumer;
}
