namespace Clew.Storage.Segments.Heads;

/// <summary>The growing parts of a head that snapshots are views of.</summary>
internal sealed class HeadParts
{
    public HeadSpans Spans { get; } = new();

    public HeadTraces Traces { get; } = new();

    public HeadAttributes Attributes { get; } = new();

    public HeadEvents Events { get; } = new();

    public HeadLinks Links { get; } = new();

    /// <summary>For the writer: what all of them take.</summary>
    public HeapSizes Sizes()
    {
        var sizes = new HeapSizes();
        Spans.AddSizes(ref sizes);
        Traces.AddSizes(ref sizes);
        Attributes.AddSizes(ref sizes);
        Events.AddSizes(ref sizes);
        Links.AddSizes(ref sizes);
        return sizes;
    }

    /// <summary>For the writer: all there is now.</summary>
    public HeadCounts Counts => new()
    {
        Rows = Traces.TraceOf.Count,
        Traces = Traces.Count,
        AttributeColumns = Attributes.ColumnCount,
        Events = Events.Count,
        EventAttributeColumns = Events.Attributes.ColumnCount,
        Links = Links.Count,
        LinkAttributeColumns = Links.Attributes.ColumnCount,
    };
}
