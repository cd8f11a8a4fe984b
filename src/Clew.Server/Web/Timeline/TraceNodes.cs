using Clew.Model;

namespace Clew.Server.Web;

/// <summary>Makes the nodes of a tree and finds each its parent.</summary>
internal static class TraceNodes
{
    /// <summary>One node a span, in order of start; keys are unique.</summary>
    public static TraceNode[] Create(Trace trace)
    {
        var seen = new Dictionary<SpanId, int>();
        return [.. trace.Spans.OrderBy(span => span.StartNs).ThenBy(span => span.SpanId).Select(Create)];

        TraceNode Create(Span span)
        {
            int before = seen.GetValueOrDefault(span.SpanId);
            seen[span.SpanId] = before + 1;
            return new TraceNode(span, span.SpanId, before == 0 ? span.SpanId.ToString() : $"{span.SpanId}.{before}");
        }
    }

    /// <summary>Hangs every node under its parent and returns the roots: real ones by start, then one for each parent not received.</summary>
    public static List<TraceNode> Attach(TraceNode[] nodes)
    {
        ILookup<SpanId, TraceNode> byId = nodes.ToLookup(node => node.Id);
        var roots = new List<TraceNode>();
        var missing = new Dictionary<SpanId, TraceNode>();
        foreach (TraceNode node in nodes)
        {
            TraceNode? parent = SharedParent(node, byId) ?? Parent(node, byId);
            if (parent is null && node.Span!.ParentSpanId.IsZero)
            {
                roots.Add(node);
                continue;
            }
            if (parent is null && !missing.TryGetValue(node.Span!.ParentSpanId, out parent))
                missing.Add(node.Span.ParentSpanId, parent = new TraceNode(null, node.Span.ParentSpanId, node.Span.ParentSpanId.ToString()));
            node.Parent = parent;
            parent!.Children.Add(node);
        }
        return [.. roots, .. missing.Values];
    }

    /// <summary>The client half of a call whose server half reuses the span id (Zipkin's shared spans).</summary>
    private static TraceNode? SharedParent(TraceNode node, ILookup<SpanId, TraceNode> byId) => node.Span!.Kind == SpanKind.Server
        ? byId[node.Id].FirstOrDefault(other => other != node && other.Span!.Kind == SpanKind.Client)
        : null;

    /// <summary>Of several spans with the parent's id, the one of the same service: below the server half of a shared span comes the server's own work.</summary>
    private static TraceNode? Parent(TraceNode node, ILookup<SpanId, TraceNode> byId)
    {
        SpanId id = node.Span!.ParentSpanId;
        if (id.IsZero)
            return null;
        TraceNode? first = null;
        foreach (TraceNode candidate in byId[id])
        {
            if (candidate == node)
                continue;
            if (candidate.Span!.ServiceName == node.Span.ServiceName)
                return candidate;
            first ??= candidate;
        }
        return first;
    }
}
