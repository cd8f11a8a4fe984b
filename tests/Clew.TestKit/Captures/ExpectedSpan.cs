namespace Clew.TestKit.Captures;

/// <summary>What a client said it sent: one span of an expectation file. Null means that the file does not say.</summary>
public sealed record ExpectedSpan
{
    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    /// <summary>Null for a root.</summary>
    public string? ParentSpanId { get; init; }

    public required string ServiceName { get; init; }

    public required string Name { get; init; }

    /// <summary>Lower-case word; null when the client set none.</summary>
    public string? Kind { get; init; }

    public required long StartUs { get; init; }

    /// <summary>Null when the span was sent without a duration.</summary>
    public long? DurationUs { get; init; }

    public bool IsError { get; init; }

    public string? StatusMessage { get; init; }

    public bool Shared { get; init; }

    public string? RemoteServiceName { get; init; }

    public IReadOnlyList<ExpectedAttribute> Attributes { get; init; } = [];

    /// <summary>Some of the resource's attributes: clients add their own.</summary>
    public IReadOnlyList<ExpectedAttribute> ResourceAttributes { get; init; } = [];

    public IReadOnlyList<ExpectedEvent>? Events { get; init; }

    public IReadOnlyList<ExpectedLink>? Links { get; init; }
}

/// <param name="Key">Attribute key.</param>
/// <param name="Type"><c>string int64 float64 bool binary</c>; null when the file holds Go's text form only.</param>
/// <param name="Text">Text form.</param>
public sealed record ExpectedAttribute(string Key, string? Type, string Text);

public sealed record ExpectedEvent(string Name, long TimeUs, IReadOnlyList<ExpectedAttribute> Attributes);

/// <param name="TraceId">Hex.</param>
/// <param name="SpanId">Hex.</param>
/// <param name="RefType"><c>CHILD_OF</c> or <c>FOLLOWS_FROM</c>.</param>
public sealed record ExpectedLink(string TraceId, string SpanId, string RefType);
