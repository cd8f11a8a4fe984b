using Clew.Model;

namespace Clew.Server.Web;

/// <summary>What one row of the timeline says about its span, as plain values.</summary>
internal static class SpanSigns
{
    // Long status words would run out of the lane.
    private const int MaxOutcome = 24;

    private static readonly string[] StatusCodeKeys = ["http.response.status_code", "http.status_code", "rpc.grpc.status_code", "error.type"];

    private static readonly string[] PeerKeys =
        [AttributeKeys.PeerService, "db.system.name", "db.system", "messaging.system", "rpc.system", "server.address", "net.peer.name"];

    /// <summary>
    /// The other side of a call that sent no spans of its own: only calls out have one, and not those below which another service goes on.
    /// </summary>
    public static string? Peer(TraceNode node)
    {
        if (node.Span is not { Kind: SpanKind.Client or SpanKind.Producer } span)
            return null;
        bool answered = node.Children.Any(child => child.Span is { } below && below.ServiceName != span.ServiceName);
        if (answered && span.Kind == SpanKind.Client)
            return null;
        return span.RemoteEndpoint?.ServiceName ?? PeerKeys.Select(span.Attributes.TextOf).FirstOrDefault(text => text is { Length: > 0 });
    }

    /// <summary>For a failed span what its client got: an HTTP or gRPC code, or the type of the error.</summary>
    public static string? Outcome(Span span)
    {
        if (!span.IsError)
            return null;
        string? code = StatusCodeKeys.Select(span.Attributes.TextOf).FirstOrDefault(text => text is { Length: > 0 });
        return code is { Length: > MaxOutcome } ? string.Concat(code.AsSpan(0, MaxOutcome - 1), "…") : code;
    }

    /// <summary>When a consumer took longer to start than its producer to send: where the wait began.</summary>
    public static long? WaitFromNs(TraceNode node)
    {
        if (node.Span is not { Kind: SpanKind.Consumer, StartNs: not 0 } span || node.Parent?.Span is not { StartNs: not 0 } producer)
            return null;
        long sentNs = TraceTree.SaturatedEnd(producer);
        return sentNs < span.StartNs ? sentNs : null;
    }

    /// <summary>The part of its time in which none of its children ran.</summary>
    public static long SelfNs(TraceNode node)
    {
        Span span = node.Span!;
        long end = TraceTree.SaturatedEnd(span), covered = 0, reached = span.StartNs;
        // Children stand in order of start, so one pass sees every gap.
        foreach (TraceNode child in node.Children)
        {
            if (child.Span is not { StartNs: not 0 } below)
                continue;
            long from = Math.Max(reached, below.StartNs), to = Math.Min(end, TraceTree.SaturatedEnd(below));
            if (to <= from)
                continue;
            covered += to - from;
            reached = to;
        }
        return Math.Max(0, span.DurationNs - covered);
    }

    public static bool IsException(SpanEvent item) => item.Name == "exception" || item.Attributes.TryGet("exception.type", out _);
}
