namespace Clew.EndToEnd.Tests.Support;

/// <summary>What a client says it sent.</summary>
public sealed record SentTrace(string TraceId, SentSpan[] Spans, SentTag Tag)
{
    public override string ToString() => TraceId;
}

/// <summary>One span; the kind is lower-case, <c>internal</c> also for none.</summary>
public sealed record SentSpan(string Service, string Name, string Kind, string TraceId, string SpanId, string? ParentId, bool Error, bool Shared);

/// <summary>A tag of the first span that no other trace has.</summary>
public sealed record SentTag(string Key, string Value);
