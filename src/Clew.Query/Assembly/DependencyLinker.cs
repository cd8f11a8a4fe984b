using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Derives who calls whom from the spans of traces, by the rules of Zipkin's dependency linker. A call is counted once, where the callee recorded it if it did:
/// the server half decides, a client span counts only where nothing but its own service's internal work hangs under it (Zipkin knows no
/// internal spans and asks for no children at all). Messaging spans link a service with its broker.
/// A span without a kind (or an internal one) counts as a client's when it names both sides.
/// </summary>
public static class DependencyLinker
{
    /// <summary>Edges of all traces summed by (parent, child), ordered by parent, then child.</summary>
    public static IReadOnlyList<ServiceEdge> Link(IEnumerable<Trace> traces)
    {
        var edges = new EdgeCounts();
        foreach (Trace trace in traces)
            LinkTrace(trace, edges);
        return edges.ToList();
    }

    private static void LinkTrace(Trace trace, EdgeCounts edges)
    {
        SpanTree tree = SpanTree.Build(trace.Spans);
        // With each node goes its nearest ancestor that took part in a call: looking for it from every node anew would be quadratic in a deep trace.
        var queue = new Queue<(SpanNode Node, Span? Caller)>();
        queue.Enqueue((tree.Root, null));
        while (queue.TryDequeue(out (SpanNode Node, Span? Caller) item))
        {
            if (item.Node.Span is not null)
                LinkSpan(item.Node, item.Node.Span, item.Caller, edges);
            Span? caller = item.Node.Span is { } span && IsCall(span.Kind) ? span : item.Caller;
            foreach (SpanNode child in item.Node.Children)
                queue.Enqueue((child, caller));
        }
    }

    private static void LinkSpan(SpanNode node, Span span, Span? caller, EdgeCounts edges)
    {
        if (span.Kind == SpanKind.Client && IsAnswered(node, span))
            return;
        string? local = LocalName(span);
        string? remote = NameOrNull(span.RemoteServiceName);
        SpanKind kind = span.Kind;
        if (!IsCall(kind))
        {
            if (local is null || remote is null)
                return;
            kind = SpanKind.Client;
        }
        bool isCalled = kind is SpanKind.Server or SpanKind.Consumer;
        if (isCalled && remote is null && node.Parent is null)
            return;
        (string? parent, string? child) = isCalled ? (remote, local) : (local, remote);
        bool isError = HasError(span);
        if (kind is SpanKind.Server or SpanKind.Client && caller is not null && LocalName(caller) is { } callerName)
        {
            // A client span named after the service it calls, or a service that recorded no server span: the call into it is missing.
            if (kind == SpanKind.Client && local is not null && callerName != local)
                edges.Add(callerName, local, isError: false);
            if (kind == SpanKind.Server || parent is null)
                parent = callerName;
            isError |= caller.Kind == SpanKind.Client && span.ParentSpanId == caller.SpanId && HasError(caller);
        }
        if (parent is not null && child is not null)
            edges.Add(parent, child, isError);
    }

    private static bool IsAnswered(SpanNode client, Span span)
    {
        foreach (SpanNode child in client.Children)
        {
            if (child.Span is not { } below || IsCall(below.Kind) || LocalName(below) != LocalName(span))
                return true;
        }
        return false;
    }

    private static bool IsCall(SpanKind kind) => kind is SpanKind.Client or SpanKind.Server or SpanKind.Producer or SpanKind.Consumer;

    private static string? LocalName(Span span) => NameOrNull(span.LocalEndpoint?.ServiceName ?? span.Resource.ServiceName);

    private static string? NameOrNull(string? name) => name is "" or AttributeKeys.UnknownService ? null : name;

    private static bool HasError(Span span) => span.IsError || (span.Attributes.TextOf("error") is { } error && error != "false");

    private sealed class EdgeCounts
    {
        private readonly Dictionary<(string Parent, string Child), (long Calls, long Errors)> counts = [];

        public void Add(string parent, string child, bool isError)
        {
            (long calls, long errors) = counts.GetValueOrDefault((parent, child));
            counts[(parent, child)] = (calls + 1, errors + (isError ? 1 : 0));
        }

        public List<ServiceEdge> ToList() =>
        [
            .. counts.Select(static item => new ServiceEdge(item.Key.Parent, item.Key.Child, item.Value.Calls, item.Value.Errors))
                .OrderBy(static edge => edge.Parent, StringComparer.Ordinal)
                .ThenBy(static edge => edge.Child, StringComparer.Ordinal),
        ];
    }
}
