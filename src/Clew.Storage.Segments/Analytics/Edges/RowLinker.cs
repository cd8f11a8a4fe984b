using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// <see cref="DependencyLinker"/> over columns: the same calls for the same spans, without making them. Traces in which a span came in several pieces that have to be
/// put together, or whose halves cannot be told apart by the names of their services, are given to the reference as whole spans. One trace at a time, one thread.
/// </summary>
internal sealed partial class RowLinker(ServiceNumbers services)
{
    private const int None = -1;

    private LinkSpan[] spans = new LinkSpan[64];
    private int count;

    /// <summary>Begins another trace.</summary>
    public void Clear() => count = 0;

    /// <summary>Adds a span of the trace: those of one table in the order of their rows, those of older tables first.</summary>
    public void Add(LinkColumns columns, LinkRow row)
    {
        if (count == spans.Length)
            Array.Resize(ref spans, count * 2);
        ref LinkSpan span = ref spans[count++];
        span.Columns = columns;
        span.Row = row.Row;
        span.Id = row.Id;
        span.ParentId = row.ParentId;
        span.StartNs = row.StartNs;
        span.Kind = row.Kind;
        span.IsShared = row.IsShared;
        span.Local = row.Local;
    }

    /// <summary>Appends the calls of the trace; a pair of services may come more than once.</summary>
    public void Link(List<LinkedCall> calls)
    {
        if (count == 0)
            return;
        if (!TryIndex() || !TryFindParents())
        {
            LinkWholeSpans(calls);
            return;
        }
        BreakCycles();
        int root = Adopt();
        MarkAnswered();
        for (int i = 0; i < count; i++)
            LinkSpan(i, i == root, calls);
    }

    private void LinkSpan(int index, bool isRoot, List<LinkedCall> calls)
    {
        ref LinkSpan span = ref spans[index];
        if (span.Kind == SpanKind.Client && span.IsAnswered)
            return;
        SpanKind kind = span.Kind;
        if (!span.IsCall)
        {
            if (span.Local < 0 || span.Columns.RemoteOf(span.Row) < 0)
                return;
            kind = SpanKind.Client;
        }
        int caller = CallerOf(index);
        int callerName = kind is SpanKind.Server or SpanKind.Client && caller != None ? spans[caller].Local : ServiceNumbers.None;
        bool isCalled = kind is SpanKind.Server or SpanKind.Consumer;
        // A server whose caller is known needs no name of the other side.
        int remote = kind == SpanKind.Server && callerName >= 0 ? ServiceNumbers.None : span.Columns.RemoteOf(span.Row);
        if (isCalled && remote < 0 && isRoot)
            return;
        (int parent, int child) = isCalled ? (remote, span.Local) : (span.Local, remote);
        bool isError = false;
        if (callerName >= 0)
        {
            if (kind == SpanKind.Client && span.Local >= 0 && callerName != span.Local)
                calls.Add(new LinkedCall(callerName, span.Local, 1, 0));
            if (kind == SpanKind.Server || parent < 0)
                parent = callerName;
            ref LinkSpan above = ref spans[caller];
            isError = above.Kind == SpanKind.Client && span.ParentId == above.Id && above.Columns.HasError(above.Row);
        }
        if (parent >= 0 && child >= 0)
            calls.Add(new LinkedCall(parent, child, 1, isError || span.Columns.HasError(span.Row) ? 1 : 0));
    }

    /// <summary>The caller of a span; found once for all on the way up, so that deep traces cost no more than flat ones.</summary>
    private int CallerOf(int index)
    {
        const int unknown = -2;
        int known = index;
        while (spans[known].Caller == unknown)
        {
            int parent = spans[known].Parent;
            if (parent == None || spans[parent].IsCall)
                spans[known].Caller = parent;
            else
                known = parent;
        }
        int caller = spans[known].Caller;
        for (int i = index; spans[i].Caller == unknown; i = spans[i].Parent)
            spans[i].Caller = caller;
        return caller;
    }

    private void LinkWholeSpans(List<LinkedCall> calls)
    {
        var whole = new Span[count];
        for (int i = 0; i < count; i++)
            whole[i] = spans[i].Columns.Assemble(spans[i].Row);
        // Segments keep traces of one low half in this order: which of several pieces decides must not change when tables are merged.
        IReadOnlyList<ServiceEdge> edges = DependencyLinker.Link([new Trace(whole[0].TraceId, [.. whole.OrderBy(static span => span.TraceId)])]);
        foreach (ServiceEdge edge in edges)
            calls.Add(new LinkedCall(services.Of(edge.Parent), services.Of(edge.Child), edge.CallCount, edge.ErrorCount));
    }
}
