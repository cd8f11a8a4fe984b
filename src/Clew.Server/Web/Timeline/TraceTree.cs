using Clew.Model;
using Clew.Query;

namespace Clew.Server.Web;

/// <summary>
/// The spans of a trace as a forest in the order a timeline shows them: roots first, by start; then spans whose parent was not received, grouped
/// under that parent. Built without recursion: a trace may be as deep as it is long.
/// </summary>
public sealed class TraceTree
{
    public TraceTree(Trace trace)
    {
        Id = trace.Id;
        Nodes = Order(TraceNodes.Arrange(SpanTree.Build(trace.Spans)));
        Sum(Nodes);

        List<Span> spans = [.. Nodes.Select(node => node.Span).OfType<Span>()];
        // Spans without a time say nothing about when the trace was.
        List<Span> timed = [.. spans.Where(span => span.StartNs != 0)];
        StartNs = timed.Select(span => span.StartNs).DefaultIfEmpty().Min();
        EndNs = Math.Max(StartNs, timed.Select(SaturatedEnd).DefaultIfEmpty(StartNs).Max());
        SpanCount = spans.Count;
        ErrorCount = spans.Count(span => span.IsError);
        Services = [.. spans.Select(span => span.ServiceName).Distinct(StringComparer.Ordinal)];
        Depth = Nodes.Max(node => node.Level);
        OrphanCount = Nodes.Where(node => node.Span is null).Sum(node => node.Children.Count);
    }

    public TraceId Id { get; }

    /// <summary>Every node in the order of display; the subtree of a node is the run of <see cref="TraceNode.Below"/> nodes behind it.</summary>
    public IReadOnlyList<TraceNode> Nodes { get; }

    /// <summary>Start of the earliest span that has a time; 0 when none has.</summary>
    public long StartNs { get; }

    public long EndNs { get; }

    public long DurationNs => EndNs - StartNs is var ns && ns >= 0 ? ns : long.MaxValue;

    public int SpanCount { get; }

    public int ErrorCount { get; }

    /// <summary>In order of display.</summary>
    public IReadOnlyList<string> Services { get; }

    public int Depth { get; }

    /// <summary>Spans whose parent was not received.</summary>
    public int OrphanCount { get; }

    /// <summary>The first root; when none arrived, the earliest span.</summary>
    public TraceNode Root => Nodes.FirstOrDefault(node => node is { Span: not null, Level: 1 }) ?? Nodes.Where(node => node.Span is not null).MinBy(node => node.Span!.StartNs)!;

    /// <summary>The end of a span; clients can send times whose sum has no representation.</summary>
    internal static long SaturatedEnd(Span span) => span.EndNs >= span.StartNs ? span.EndNs : long.MaxValue;

    private static List<TraceNode> Order(List<TraceNode> roots)
    {
        var order = new List<TraceNode>();
        var pending = new Stack<TraceNode>(Enumerable.Reverse(roots));
        while (pending.TryPop(out TraceNode? node))
        {
            node.Level = (node.Parent?.Level ?? 0) + 1;
            node.Index = order.Count;
            order.Add(node);
            for (int i = node.Children.Count - 1; i >= 0; i--)
                pending.Push(node.Children[i]);
        }
        return order;
    }

    /// <summary>From the last to the first every node comes after all its descendants.</summary>
    private static void Sum(IReadOnlyList<TraceNode> nodes)
    {
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (nodes[i] is { Parent: { } parent } node)
            {
                parent.Below += node.Below + 1;
                parent.ErrorsBelow += node.ErrorsBelow + (node.Span?.IsError == true ? 1 : 0);
            }
        }
    }
}
