using Clew.Model;

namespace Clew.Query;

/// <summary>Derives who calls whom from the spans of traces.</summary>
public static class DependencyLinker
{
    /// <summary>Edges of all traces summed by (parent, child), ordered by parent, then child.</summary>
    public static IReadOnlyList<ServiceEdge> Link(IEnumerable<Trace> traces) => throw new NotImplementedException();
}
