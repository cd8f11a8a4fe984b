using Clew.Model;

namespace Clew.Query;

/// <summary>Computes the summary of a trace from its spans.</summary>
public static class TraceSummarizer
{
    public static TraceSummary Summarize(Trace trace) => throw new NotImplementedException();
}
