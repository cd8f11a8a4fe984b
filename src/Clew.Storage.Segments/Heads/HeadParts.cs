namespace Clew.Storage.Segments.Heads;

/// <summary>The growing parts of a head that snapshots are views of.</summary>
internal sealed class HeadParts(ColumnMemory memory)
{
    public HeadSpans Spans { get; } = new(memory);

    public HeadTraces Traces { get; } = new(memory);

    public HeadAttributes Attributes { get; } = new(memory["attributes"]);

    public HeadEvents Events { get; } = new(memory["events"]);

    public HeadLinks Links { get; } = new(memory["links"]);

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
