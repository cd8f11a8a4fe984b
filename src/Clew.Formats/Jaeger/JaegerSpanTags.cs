using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// What Jaeger shows as tags of a span: its attributes and everything Jaeger has no field for (scope, kind, status, trace state,
/// Zipkin's remote endpoint). A tag equal to one already there is left out. Reused from span to span.
/// </summary>
internal sealed class JaegerSpanTags
{
    private readonly List<KeyValue> tags = [];
    private readonly HashSet<KeyValue> seen = [];

    /// <summary>The tags of <paramref name="span"/>, valid until the next call.</summary>
    public List<KeyValue> Collect(Span span)
    {
        tags.Clear();
        seen.Clear();
        AddText(JaegerKeys.ScopeName, span.Scope.Name);
        AddText(JaegerKeys.ScopeVersion, span.Scope.Version);
        foreach (KeyValue attribute in span.Attributes.AsSpan())
        {
            if (!JaegerWarnings.IsWarnings(attribute))
                Add(attribute.Key, attribute.Value);
        }
        AddRemoteEndpoint(span);
        AddText(JaegerKeys.SpanKind, KindText(span.Kind));
        AddStatus(span);
        AddText(JaegerKeys.TraceState, span.TraceState);
        return tags;
    }

    private void AddStatus(Span span)
    {
        if (span.Status == StatusCode.Error)
        {
            AddText(JaegerKeys.StatusCode, JaegerKeys.StatusError);
            Add(JaegerKeys.Error, AttributeValue.From(true));
        }
        else if (span.Status == StatusCode.Ok)
        {
            AddText(JaegerKeys.StatusCode, JaegerKeys.StatusOk);
        }
        AddText(JaegerKeys.StatusDescription, span.StatusMessage);
    }

    // The names are those Jaeger's collector gives a Zipkin span; addresses as text, as its query side shows them.
    private void AddRemoteEndpoint(Span span)
    {
        if (span.RemoteEndpoint is not { } remote)
            return;
        AddUnlessKnown(AttributeKeys.PeerService, remote.ServiceName);
        AddUnlessKnown(JaegerKeys.PeerIpv4, remote.Ipv4?.ToString());
        AddUnlessKnown(JaegerKeys.PeerIpv6, remote.Ipv6?.ToString());
        if (remote.Port != 0 && !span.Attributes.TryGet(JaegerKeys.PeerPort, out _))
            Add(JaegerKeys.PeerPort, AttributeValue.From(remote.Port));

        void AddUnlessKnown(string key, string? value)
        {
            if (value is not null && !span.Attributes.TryGet(key, out _))
                AddText(key, value);
        }
    }

    private void AddText(string key, string value)
    {
        if (value.Length > 0)
            Add(key, AttributeValue.From(value));
    }

    private void Add(string key, AttributeValue value)
    {
        var tag = new KeyValue(key, value);
        if (seen.Add(tag))
            tags.Add(tag);
    }

    private static string KindText(SpanKind kind) => kind switch
    {
        SpanKind.Internal => "internal",
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "",
    };
}
