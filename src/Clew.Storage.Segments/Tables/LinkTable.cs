namespace Clew.Storage.Segments.Tables;

/// <summary>The links of a table's spans, in the order of their spans' rows and on each span as sent.</summary>
internal abstract class LinkTable
{
    public abstract int RowCount { get; }

    /// <summary>The span's row of each link: ascending, repeating.</summary>
    public abstract Int64Column SpanRows { get; }

    /// <summary>16 bytes each, as <see cref="Model.TraceId"/> writes them (big-endian).</summary>
    public abstract FixedBytesColumn TraceIds { get; }

    /// <summary>8 bytes each, big-endian.</summary>
    public abstract FixedBytesColumn SpanIds { get; }

    public abstract ValueColumn TraceStates { get; }

    public abstract Int64Column Flags { get; }

    public abstract Int64Column DroppedAttributesCounts { get; }

    public abstract AttributeTable Attributes { get; }
}
