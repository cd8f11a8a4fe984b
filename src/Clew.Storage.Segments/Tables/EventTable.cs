namespace Clew.Storage.Segments.Tables;

/// <summary>The events of a table's spans, in the order of their spans' rows and on each span as sent.</summary>
internal abstract class EventTable
{
    public abstract int RowCount { get; }

    /// <summary>The span's row of each event: ascending, repeating.</summary>
    public abstract Int64Column SpanRows { get; }

    /// <summary>Nanoseconds after the span's start (<see cref="SpanTable.StartNsOf"/>), wrapping, so that any time comes back.</summary>
    public abstract Int64Column OffsetsNs { get; }

    public abstract ValueColumn Names { get; }

    public abstract Int64Column DroppedAttributesCounts { get; }

    public abstract AttributeTable Attributes { get; }
}
