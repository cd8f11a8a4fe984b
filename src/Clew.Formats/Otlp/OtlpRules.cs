using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>What OTLP's values mean in the model and back, the same for both encodings.</summary>
internal static class OtlpRules
{
    // Semantic conventions, "Network attributes".
    private const string PeerAddress = "network.peer.address";
    private const string PeerPort = "network.peer.port";

    /// <summary>
    /// End minus start. An end of 0 means that the sender gave none. An end before the start stays negative (and an absurd one wraps) for
    /// the pipeline to see.
    /// </summary>
    public static long DurationNs(long startNs, long endNs) => endNs == 0 ? 0 : unchecked(endNs - startNs);

    public static SpanKind Kind(ulong number) => number <= (ulong)SpanKind.Consumer ? (SpanKind)number : SpanKind.Unspecified;

    public static StatusCode Status(ulong number) => number <= (ulong)StatusCode.Error ? (StatusCode)number : StatusCode.Unset;

    /// <summary>What stands for Zipkin's remote endpoint, which OTLP has no field for: the attributes the span does not have yet.</summary>
    public static IEnumerable<KeyValue> RemoteEndpointAttributes(Span span)
    {
        if (span.RemoteEndpoint is not { } remote)
            yield break;
        if (remote.ServiceName is { Length: > 0 } service && Lacks(span, AttributeKeys.PeerService))
            yield return new KeyValue(AttributeKeys.PeerService, AttributeValue.From(service));
        if ((remote.Ipv4 ?? remote.Ipv6) is { } address && Lacks(span, PeerAddress))
            yield return new KeyValue(PeerAddress, AttributeValue.From(address.ToString()));
        if (remote.Port != 0 && Lacks(span, PeerPort))
            yield return new KeyValue(PeerPort, AttributeValue.From((long)remote.Port));
    }

    private static bool Lacks(Span span, string key) => !span.Attributes.TryGet(key, out _);
}
