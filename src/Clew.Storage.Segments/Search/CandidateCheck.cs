using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>What is left to ask of a trace that a lead found. One search, one thread.</summary>
internal sealed class CandidateCheck(SearchPlan plan)
{
    private readonly TraceMatcher? matcher = plan.LeadsDecide ? null : new TraceMatcher(plan.Query);

    public bool IsMatch(TraceId id, List<TracePart> parts) => matcher?.IsMatch(TraceReader.Read(id, parts)) ?? true;
}
