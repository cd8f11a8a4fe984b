namespace Clew.Storage.Segments.Segments;

/// <summary>What a piece of a segment file holds. Numbers stand in files: they are never changed or used again.</summary>
internal enum SegmentSection : byte
{
    TraceFilter = 1,
    Traces = 2,
    SpanIds = 3,
    Parents = 4,
    Starts = 5,
    Durations = 6,
    Services = 7,
    Names = 8,
    Kinds = 9,
    Statuses = 10,
    StatusMessages = 11,
    TraceStates = 12,
    Resources = 13,
    Scopes = 14,
    LocalEndpoints = 15,
    RemoteEndpoints = 16,
    Flags = 17,
    Traits = 18,
    DroppedAttributes = 19,
    DroppedEvents = 20,
    DroppedLinks = 21,
    Events = 22,
    Links = 23,

    /// <summary>Keys, order (shapes and what has no column) and columns of the spans' attributes; of the events' and links' the next numbers.</summary>
    SpanAttributeKeys = 32,
    SpanAttributeOrder = 33,
    SpanAttribute = 34,
    EventAttributeKeys = 35,
    EventAttributeOrder = 36,
    EventAttribute = 37,
    LinkAttributeKeys = 38,
    LinkAttributeOrder = 39,
    LinkAttribute = 40,

    /// <summary>What an <see cref="ISegmentExtra"/> wrote.</summary>
    Extra = 64,
}
