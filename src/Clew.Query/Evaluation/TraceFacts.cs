using Clew.Model;

namespace Clew.Query;

/// <summary>A trace and what is derived from all its spans, computed only when a condition asks for it.</summary>
internal sealed class TraceFacts(Trace trace)
{
    private TraceSummary? summary;

    public Trace Trace { get; } = trace;

    public TraceSummary Summary => summary ??= TraceSummarizer.Summarize(Trace);
}
