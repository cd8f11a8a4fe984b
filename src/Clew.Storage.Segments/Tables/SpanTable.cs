using Clew.Model;

namespace Clew.Storage.Segments.Tables;

/// <summary>
/// Spans as columns: the snapshot of a head, or a segment. Searching, reading back, sealing and compaction are written once, against this. Immutable as seen
/// from outside; any number of threads may use one at once. Columns of a segment are loaded and verified when they are first asked for, so every member may
/// throw <see cref="SegmentFormatException"/> or <see cref="Files.StoreIoException"/>.
/// </summary>
/// <remarks>
/// A column that holds texts or encoded values has one for every row, the empty one where the span has none; a column in which all rows are
/// alike takes no room. Rows of one trace stand together in a segment, sorted by <see cref="TraceIndex"/>'s order; in a head they stand as they came.
/// </remarks>
internal abstract class SpanTable
{
    public abstract int RowCount { get; }

    public abstract TraceIndex Traces { get; }

    /// <summary><see cref="Span.ServiceName"/>.</summary>
    public abstract ValueColumn Services { get; }

    public abstract ValueColumn Names { get; }

    /// <summary><see cref="SpanKind"/>.</summary>
    public abstract BitPackedInts Kinds { get; }

    /// <summary><see cref="StatusCode"/>.</summary>
    public abstract BitPackedInts Statuses { get; }

    public abstract ValueColumn StatusMessages { get; }

    public abstract ValueColumn TraceStates { get; }

    public abstract Int64Column DurationsNs { get; }

    /// <summary>Encoded by <c>RowBlobs</c>; a resource stands once in the dictionary however many rows have it.</summary>
    public abstract ValueColumn Resources { get; }

    /// <inheritdoc cref="Resources"/>
    public abstract ValueColumn Scopes { get; }

    /// <summary>Encoded by <c>RowBlobs</c>; no bytes where there is none.</summary>
    public abstract ValueColumn LocalEndpoints { get; }

    /// <inheritdoc cref="LocalEndpoints"/>
    public abstract ValueColumn RemoteEndpoints { get; }

    /// <summary><see cref="Span.Flags"/>.</summary>
    public abstract Int64Column Flags { get; }

    /// <summary><see cref="SpanTraits"/>.</summary>
    public abstract BitPackedInts Traits { get; }

    public abstract Int64Column DroppedAttributesCounts { get; }

    public abstract Int64Column DroppedEventsCounts { get; }

    public abstract Int64Column DroppedLinksCounts { get; }

    public abstract AttributeTable Attributes { get; }

    public abstract EventTable Events { get; }

    public abstract LinkTable Links { get; }

    public abstract SpanId SpanIdOf(int row);

    /// <summary>Zero for a root.</summary>
    public abstract SpanId ParentOf(int row);

    /// <summary>Unix nanoseconds; 0 when the span has no time.</summary>
    public abstract long StartNsOf(int row);

    /// <summary>The rows of spans without a parent id; what <paramref name="rows"/> held is overwritten.</summary>
    public abstract void Roots(RowBitmap rows);

    /// <summary>The rows that are in the range by <see cref="Query.TraceTime.Contains"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public abstract void StartsIn(TimeRange range, RowBitmap rows);
}
