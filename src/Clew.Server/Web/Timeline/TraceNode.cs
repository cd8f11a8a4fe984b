using Clew.Model;

namespace Clew.Server.Web;

/// <summary>A place in the tree of a trace: a span, or a parent that was named but never received.</summary>
public sealed class TraceNode
{
    internal TraceNode(Span? span, SpanId id, string key)
    {
        Span = span;
        Id = id;
        Key = key;
    }

    /// <summary>Null for a parent that was not received.</summary>
    public Span? Span { get; }

    public SpanId Id { get; }

    /// <summary>Names the node in addresses: the span id, with <c>.1</c> and so on where several spans share it.</summary>
    public string Key { get; }

    public TraceNode? Parent { get; internal set; }

    /// <summary>By start time.</summary>
    public List<TraceNode> Children { get; } = [];

    /// <summary>1 for a root.</summary>
    public int Level { get; internal set; }

    /// <summary>Place in <see cref="TraceTree.Nodes"/>; all descendants follow at once.</summary>
    public int Index { get; internal set; }

    /// <summary>Number of descendants.</summary>
    public int Below { get; internal set; }

    /// <summary>Failed spans among the descendants.</summary>
    public int ErrorsBelow { get; internal set; }
}
