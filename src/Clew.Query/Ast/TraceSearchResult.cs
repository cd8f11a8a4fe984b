using Clew.Model;

namespace Clew.Query;

/// <summary>A page of results.</summary>
/// <param name="Traces">In the order of <see cref="TraceQuery"/>.</param>
/// <param name="Next">Continue with <see cref="TraceQuery.After"/> = this; null when there is nothing more.</param>
/// <param name="Incomplete">Null when exact; otherwise why the answer was cut (a budget), in words for a person.</param>
public sealed record TraceSearchResult(IReadOnlyList<TraceSummary> Traces, TraceCursor? Next, string? Incomplete = null);
