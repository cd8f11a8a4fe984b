namespace Clew.Model;

/// <summary>What a result list shows of a trace without loading its spans.</summary>
public sealed record TraceSummary
{
    public required TraceId TraceId { get; init; }

    /// <summary>Service and name of the root; of the earliest span when the root is missing.</summary>
    public required string RootServiceName { get; init; }

    public required string RootName { get; init; }

    /// <summary>Start of the earliest span that has a time; 0 when none has.</summary>
    public long StartNs { get; init; }

    /// <summary>From the earliest start to the latest end.</summary>
    public long DurationNs { get; init; }

    public int SpanCount { get; init; }

    public int ErrorCount { get; init; }

    /// <summary>Spans whose parent is not in the trace (and that name one).</summary>
    public int OrphanCount { get; init; }

    /// <summary>Ordered by name.</summary>
    public EquatableList<ServiceSummary> Services { get; init; } = EquatableList<ServiceSummary>.None;
}

/// <summary>One service's share of a trace.</summary>
public sealed record ServiceSummary(string Name, int SpanCount, int ErrorCount);
