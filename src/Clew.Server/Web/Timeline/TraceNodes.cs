using Clew.Model;
using Clew.Query;

namespace Clew.Server.Web;

/// <summary>
/// Arranges the nodes of a span tree as a page shows them. There everything hangs under one root; here spans the root only adopted stand apart, where a
/// reader looks for them: further roots beside it, spans without their parent under a row for that parent.
/// </summary>
internal static class TraceNodes
{
    /// <summary>The root, further roots by start, then one node for each parent not received, with the spans that name it.</summary>
    public static List<TraceNode> Arrange(SpanTree tree)
    {
        var seen = new Dictionary<SpanId, int>();
        // Parents come before their children.
        Dictionary<SpanNode, TraceNode> nodes = tree.DepthFirst().ToDictionary(node => node, node => Create(node.Span!, seen));
        var roots = new List<TraceNode>();
        var missing = new Dictionary<SpanId, TraceNode>();
        foreach ((SpanNode place, TraceNode node) in nodes)
        {
            SpanId parentId = place.Span!.ParentSpanId;
            if (place.Parent is { Span: not null } parent && !place.IsAdopted)
                Hang(node, nodes[parent]);
            else if (parentId.IsZero || seen.ContainsKey(parentId))
                roots.Add(node);
            else
                Hang(node, Missing(parentId));
        }
        return [.. roots, .. missing.Values];

        TraceNode Missing(SpanId id)
        {
            if (!missing.TryGetValue(id, out TraceNode? node))
                missing.Add(id, node = new TraceNode(null, id, id.ToString()));
            return node;
        }
    }

    private static TraceNode Create(Span span, Dictionary<SpanId, int> seen)
    {
        int before = seen.GetValueOrDefault(span.SpanId);
        seen[span.SpanId] = before + 1;
        return new TraceNode(span, span.SpanId, before == 0 ? span.SpanId.ToString() : $"{span.SpanId}.{before}");
    }

    private static void Hang(TraceNode node, TraceNode parent)
    {
        node.Parent = parent;
        parent.Children.Add(node);
    }
}
