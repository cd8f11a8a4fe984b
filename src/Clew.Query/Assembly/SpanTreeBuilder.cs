using Clew.Model;

namespace Clew.Query;

/// <summary>Finds every span's parent. Parents are numbers in <see cref="spans"/>; nothing recurses, so depth is no limit.</summary>
internal sealed class SpanTreeBuilder
{
    private const int None = -1;

    private readonly IReadOnlyList<Span> spans;
    private readonly int[] parents;

    /// <summary>The spans that made their id, by it.</summary>
    private readonly Dictionary<SpanId, int> owners = [];

    /// <summary>The spans that share an id another made, by it and by their host: all of the host, its service only, and (the default) whatever host.</summary>
    private readonly Dictionary<(SpanId Id, SpanHost Host), int> shared = [];

    public SpanTreeBuilder(IReadOnlyList<Span> mergedSpans)
    {
        spans = mergedSpans;
        parents = new int[spans.Count];
    }

    public SpanTree Build()
    {
        for (int i = 0; i < spans.Count; i++)
            Index(i);
        for (int i = 0; i < spans.Count; i++)
            parents[i] = FindParent(spans[i]);
        BreakCycles();
        return new SpanTree(Assemble());
    }

    private void Index(int number)
    {
        Span span = spans[number];
        if (!IsShared(span))
        {
            owners.TryAdd(span.SpanId, number);
            return;
        }
        SpanHost host = SpanHost.Of(span);
        shared.TryAdd((span.SpanId, host), number);
        shared.TryAdd((span.SpanId, host.ServiceOnly()), number);
        shared.TryAdd((span.SpanId, default), number);
    }

    private int FindParent(Span span)
    {
        if (IsShared(span) && owners.TryGetValue(span.SpanId, out int client))
            return client;
        if (span.ParentSpanId.IsZero)
            return None;
        // Both halves of a call have the parent's id. A span is the child of the half recorded where it was, which is most often the server's.
        SpanHost host = SpanHost.Of(span);
        if (shared.TryGetValue((span.ParentSpanId, host), out int parent))
            return parent;
        if (host.ServiceName is not null && shared.TryGetValue((span.ParentSpanId, host.ServiceOnly()), out parent))
            return parent;
        if (owners.TryGetValue(span.ParentSpanId, out parent) || shared.TryGetValue((span.ParentSpanId, default), out parent))
            return parent;
        return None;
    }

    /// <summary>Spans that are their own ancestors lose their parent: all of the cycle, so that the result does not depend on where it is entered.</summary>
    private void BreakCycles()
    {
        var visits = new Visit[parents.Length];
        for (int start = 0; start < parents.Length; start++)
        {
            int i = start;
            for (; i != None && visits[i] == Visit.Never; i = parents[i])
                visits[i] = Visit.OnThisWalk;
            while (i != None && visits[i] == Visit.OnThisWalk)
            {
                visits[i] = Visit.Done;
                (parents[i], i) = (None, parents[i]);
            }
            for (i = start; i != None && visits[i] == Visit.OnThisWalk; i = parents[i])
                visits[i] = Visit.Done;
        }
    }

    private SpanNode Assemble()
    {
        var nodes = new SpanNode[spans.Count];
        for (int i = 0; i < nodes.Length; i++)
            nodes[i] = new SpanNode(spans[i]);
        int root = Root();
        SpanNode rootNode = root == None ? new SpanNode(null) : nodes[root];
        // Children are added in the order they are to stand in. The sort is stable and merged spans are ordered by id.
        foreach (int i in Enumerable.Range(0, nodes.Length).OrderBy(i => spans[i].StartNs))
        {
            if (i != root)
                (parents[i] == None ? rootNode : nodes[parents[i]]).Add(nodes[i], isAdopted: parents[i] == None);
        }
        return rootNode;
    }

    private int Root() => Enumerable.Range(0, spans.Count)
        .Where(i => parents[i] == None && spans[i].ParentSpanId.IsZero)
        .OrderBy(i => spans[i], RootOrder.Instance)
        .FirstOrDefault(None);

    private static bool IsShared(Span span) => span.Traits.HasFlag(SpanTraits.Shared);

    private enum Visit : byte
    {
        Never,
        OnThisWalk,
        Done,
    }
}
