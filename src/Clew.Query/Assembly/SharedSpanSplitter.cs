using System.Runtime.InteropServices;
using System.Text;
using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Takes apart the two halves of a call that share one span id (B3: client and server record the same span), for readers that know
/// a span by its id alone. The server half gets an id of its own and becomes a child of the client half; the children the server's
/// service recorded move with it. This is the first of the adjustments Jaeger makes when it answers.
/// </summary>
/// <remarks>
/// The new id is derived from the shared id and the service, not counted up from the largest as Jaeger does: links to a span stay good
/// while more spans of its trace arrive, and there is always a free id.
/// </remarks>
public static class SharedSpanSplitter
{
    /// <summary>The trace with every shared id taken apart; the same object when none is shared.</summary>
    public static Trace Split(Trace trace)
    {
        Dictionary<SpanId, List<Half>>? shared = FindShared(trace.Spans);
        if (shared is null)
            return trace;
        var spans = new Span[trace.Spans.Count];
        for (int i = 0; i < spans.Length; i++)
            spans[i] = Adjust(trace.Spans[i], shared);
        return new Trace(trace.Id, spans);
    }

    private static Dictionary<SpanId, List<Half>>? FindShared(IReadOnlyList<Span> spans)
    {
        HashSet<SpanId>? clients = null;
        HashSet<SpanId>? servers = null;
        foreach (Span span in spans)
        {
            if (span.Kind == SpanKind.Client)
                (clients ??= []).Add(span.SpanId);
            else if (span.Kind == SpanKind.Server)
                (servers ??= []).Add(span.SpanId);
        }
        if (clients is null || servers is null || !servers.Overlaps(clients))
            return null;
        servers.IntersectWith(clients);

        var taken = new HashSet<SpanId>(spans.Count);
        foreach (Span span in spans)
            taken.Add(span.SpanId);
        var shared = new Dictionary<SpanId, List<Half>>(servers.Count);
        foreach (Span span in spans)
        {
            if (!servers.Contains(span.SpanId) || span.Kind is not (SpanKind.Client or SpanKind.Server))
                continue;
            ref List<Half>? halves = ref CollectionsMarshal.GetValueRefOrAddDefault(shared, span.SpanId, out _);
            halves ??= [];
            // A half reported twice stays a duplicate: both get the same new id.
            if (!halves.Exists(half => half.Is(span.Kind, span.ServiceName)))
                halves.Add(new Half(span.Kind, span.ServiceName, span.Kind == SpanKind.Server ? FreeId(span, taken) : span.SpanId));
        }
        return shared;
    }

    private static Span Adjust(Span span, Dictionary<SpanId, List<Half>> shared)
    {
        if (span.Kind == SpanKind.Server && shared.TryGetValue(span.SpanId, out List<Half>? own))
        {
            SpanId id = own.Find(half => half.Is(SpanKind.Server, span.ServiceName)).Id;
            return span with { SpanId = id, ParentSpanId = span.SpanId, Traits = span.Traits & ~SpanTraits.Shared };
        }
        // A client half that claims to be its own parent is not put under the server half: that would close a circle.
        if (span.ParentSpanId != span.SpanId && shared.TryGetValue(span.ParentSpanId, out List<Half>? parents))
            return span with { ParentSpanId = ParentOf(span, parents) };
        return span;
    }

    // Who recorded the child tells which half it belongs to (a service that calls itself: the server half). A child of neither service is
    // the server's callee, whose own client half is missing.
    private static SpanId ParentOf(Span child, List<Half> halves)
    {
        int index = halves.FindIndex(half => half.Is(SpanKind.Server, child.ServiceName));
        if (index < 0)
            index = halves.FindIndex(half => half.Is(SpanKind.Client, child.ServiceName));
        if (index < 0)
            index = halves.FindIndex(static half => half.Kind == SpanKind.Server);
        return halves[index].Id;
    }

    private static SpanId FreeId(Span server, HashSet<SpanId> taken)
    {
        ulong hash = server.SpanId.Value;
        foreach (byte b in Encoding.UTF8.GetBytes(server.ServiceName))
            hash = (hash ^ b) * 0x100000001b3; // FNV-1a's prime
        while (hash == 0 || !taken.Add(new SpanId(hash)))
            hash++;
        return new SpanId(hash);
    }

    private readonly record struct Half(SpanKind Kind, string Service, SpanId Id)
    {
        public bool Is(SpanKind kind, string service) => Kind == kind && Service == service;
    }
}
