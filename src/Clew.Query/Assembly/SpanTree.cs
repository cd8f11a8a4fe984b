using Clew.Model;

namespace Clew.Query;

/// <summary>
/// The spans of a trace as one tree, whatever is missing or wrong in it: spans of one id are merged (<see cref="SpanMerger"/>), shared server
/// halves hang under their client half, and every span that has no place of its own hangs under the root. Immutable once built.
/// </summary>
public sealed class SpanTree
{
    internal SpanTree(SpanNode root) => Root = root;

    /// <summary>The root span; a node without a span when every span of the trace names a parent (a headless trace).</summary>
    public SpanNode Root { get; }

    /// <summary>Builds the tree of one trace's spans, given in any order.</summary>
    public static SpanTree Build(IReadOnlyList<Span> spans) => new SpanTreeBuilder(SpanMerger.Merge(spans)).Build();

    /// <summary>All nodes with spans, parents before children, level by level.</summary>
    public IEnumerable<SpanNode> BreadthFirst()
    {
        var queue = new Queue<SpanNode>();
        queue.Enqueue(Root);
        while (queue.TryDequeue(out SpanNode? node))
        {
            if (node.Span is not null)
                yield return node;
            foreach (SpanNode child in node.Children)
                queue.Enqueue(child);
        }
    }

    /// <summary>All nodes with spans, each followed by everything below it: the order of a trace page's rows.</summary>
    public IEnumerable<SpanNode> DepthFirst()
    {
        var stack = new Stack<SpanNode>();
        stack.Push(Root);
        while (stack.TryPop(out SpanNode? node))
        {
            if (node.Span is not null)
                yield return node;
            for (int i = node.Children.Count - 1; i >= 0; i--)
                stack.Push(node.Children[i]);
        }
    }
}
