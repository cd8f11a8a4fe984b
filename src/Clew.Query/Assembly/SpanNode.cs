using Clew.Model;

namespace Clew.Query;

/// <summary>A span in the tree of its trace.</summary>
public sealed class SpanNode
{
    private List<SpanNode>? children;

    internal SpanNode(Span? span) => Span = span;

    /// <summary>Null only for the root that stands in when no span of the trace is one.</summary>
    public Span? Span { get; }

    /// <summary>Null for the root.</summary>
    public SpanNode? Parent { get; private set; }

    /// <summary>
    /// True when the span hangs under the root for want of its own place: its parent is not in the trace, it is a root beside the root, or its parents form a cycle.
    /// </summary>
    public bool IsAdopted { get; private set; }

    /// <summary>By start, spans without a time first, ties by span id.</summary>
    public IReadOnlyList<SpanNode> Children => children ?? (IReadOnlyList<SpanNode>)[];

    internal void Add(SpanNode child, bool isAdopted)
    {
        child.Parent = this;
        child.IsAdopted = isAdopted;
        (children ??= []).Add(child);
    }
}
