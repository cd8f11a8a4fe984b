using Clew.Model;

namespace Clew.Storage;

/// <summary>
/// Approximate heap size of spans on a 64-bit machine, in bytes: an object or array costs a header of 16 to 24 beside its fields,
/// a string 22 and two for each UTF-16 unit. Errs upwards, as a memory bound must: half a million small spans of 325 MiB count as 477.
/// </summary>
internal static class SpanBytes
{
    // The fields of Span (about 200), its slot in the trace's array and its entry in the table of distinct spans.
    private const int SpanOverhead = 280;
    private const int ListOverhead = 48;
    private const int AttributeOverhead = 32;
    private const int EndpointOverhead = 128;

    /// <summary>The spans of one trace from one batch. A resource or scope they share counts once.</summary>
    public static long OfTrace(IEnumerable<Span> spans)
    {
        var shared = new HashSet<object>(ReferenceEqualityComparer.Instance);
        long bytes = 0;
        foreach (Span span in spans)
        {
            bytes += Of(span);
            if (shared.Add(span.Resource))
                bytes += ListOverhead + Of(span.Resource.Attributes) + Of(span.Resource.SchemaUrl);
            if (shared.Add(span.Scope))
                bytes += ListOverhead + Of(span.Scope.Attributes) + Of(span.Scope.Name) + Of(span.Scope.Version) + Of(span.Scope.SchemaUrl);
        }
        return bytes;
    }

    private static long Of(Span span)
    {
        long bytes = SpanOverhead + Of(span.Name) + Of(span.StatusMessage) + Of(span.TraceState) + Of(span.Attributes);
        bytes += Of(span.LocalEndpoint) + Of(span.RemoteEndpoint);
        foreach (SpanEvent item in span.Events)
            bytes += ListOverhead + Of(item.Name) + Of(item.Attributes);
        foreach (SpanLink link in span.Links)
            bytes += ListOverhead + 32 + Of(link.TraceState) + Of(link.Attributes);
        return bytes;
    }

    private static long Of(Endpoint? endpoint) => endpoint is null ? 0 : EndpointOverhead + Of(endpoint.ServiceName ?? "");

    private static long Of(AttributeList attributes)
    {
        if (attributes.Count == 0)
            return 0;
        long bytes = ListOverhead;
        foreach (KeyValue item in attributes.AsSpan())
            bytes += AttributeOverhead + Of(item.Key) + Of(item.Value);
        return bytes;
    }

    private static long Of(AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.String:
                return Of(value.AsString());
            case AttributeType.Bytes:
                return ListOverhead + value.AsBytes().Length;
            case AttributeType.KeyValueList:
                return Of(value.AsKeyValues());
            case AttributeType.Array:
                long bytes = ListOverhead;
                foreach (AttributeValue item in value.AsArray())
                    bytes += AttributeOverhead + Of(item);
                return bytes;
            default:
                return 0;
        }
    }

    private static long Of(string text) => text.Length == 0 ? 0 : 22 + 2L * text.Length;
}
