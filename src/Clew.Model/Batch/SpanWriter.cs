using System.Net;
using System.Text;

namespace Clew.Model;

/// <summary>
/// Writes read-side spans into a batch: the inverse of <see cref="SpanReader"/>. For spans that do not come from a payload (imports, generated
/// traffic, tests); all text goes to the arena. Equal consecutive resources and scopes share a row.
/// </summary>
public sealed class SpanWriter(SpanBatchBuilder builder)
{
    private readonly Dictionary<Resource, int> resources = [];
    private readonly Dictionary<Scope, int> scopes = [];
    private readonly SpanBatch batch = builder.Batch;

    /// <summary>Starts <paramref name="builder"/> without a payload and writes all spans.</summary>
    public static SpanBatch WriteAll(IEnumerable<Span> spans, SpanBatchBuilder builder)
    {
        builder.Start(BatchFormat.None, default);
        var writer = new SpanWriter(builder);
        foreach (Span span in spans)
            writer.Write(span);
        return builder.Batch;
    }

    public void Write(Span span)
    {
        RowRange attributes = WriteAttributes(span.Attributes, batch.SpanAttributes);
        RowRange events = WriteEvents(span.Events);
        RowRange links = WriteLinks(span.Links);
        int resource = WriteResource(span.Resource);
        int scope = WriteScope(span.Scope);
        int localEndpoint = WriteEndpoint(span.LocalEndpoint);
        int remoteEndpoint = WriteEndpoint(span.RemoteEndpoint);
        batch.Spans.Add(new SpanRow
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId,
            StartNs = span.StartNs,
            DurationNs = span.DurationNs,
            Name = Text(span.Name),
            TraceState = Text(span.TraceState),
            StatusMessage = Text(span.StatusMessage),
            Attributes = attributes,
            Events = events,
            Links = links,
            Resource = resource,
            Scope = scope,
            LocalEndpoint = localEndpoint,
            RemoteEndpoint = remoteEndpoint,
            Flags = span.Flags,
            DroppedAttributesCount = span.DroppedAttributesCount,
            DroppedEventsCount = span.DroppedEventsCount,
            DroppedLinksCount = span.DroppedLinksCount,
            Kind = span.Kind,
            Status = span.Status,
            Traits = span.Traits,
        });
    }

    private int WriteResource(Resource resource)
    {
        if (resource.Equals(Resource.None))
            return 0;
        if (resources.TryGetValue(resource, out int index))
            return index;
        RowRange attributes = WriteAttributes(resource.Attributes, batch.OtherAttributes);
        index = batch.Resources.Count;
        batch.Resources.Add(new ResourceRow
        {
            Attributes = attributes,
            SchemaUrl = Text(resource.SchemaUrl),
            DroppedAttributesCount = resource.DroppedAttributesCount,
        });
        resources.Add(resource, index);
        return index;
    }

    private int WriteScope(Scope scope)
    {
        if (scope.Equals(Scope.None))
            return 0;
        if (scopes.TryGetValue(scope, out int index))
            return index;
        RowRange attributes = WriteAttributes(scope.Attributes, batch.OtherAttributes);
        index = batch.Scopes.Count;
        batch.Scopes.Add(new ScopeRow
        {
            Name = Text(scope.Name),
            Version = Text(scope.Version),
            Attributes = attributes,
            SchemaUrl = Text(scope.SchemaUrl),
            DroppedAttributesCount = scope.DroppedAttributesCount,
        });
        scopes.Add(scope, index);
        return index;
    }

    private RowRange WriteEvents(EquatableList<SpanEvent> events)
    {
        int start = batch.Events.Count;
        foreach (SpanEvent item in events)
        {
            batch.Events.Add(new EventRow
            {
                TimeNs = item.TimeNs,
                Name = Text(item.Name),
                Attributes = WriteAttributes(item.Attributes, batch.OtherAttributes),
                DroppedAttributesCount = item.DroppedAttributesCount,
            });
        }
        return new RowRange(start, events.Count);
    }

    private RowRange WriteLinks(EquatableList<SpanLink> links)
    {
        int start = batch.Links.Count;
        foreach (SpanLink link in links)
        {
            batch.Links.Add(new LinkRow
            {
                TraceId = link.TraceId,
                SpanId = link.SpanId,
                TraceState = Text(link.TraceState),
                Attributes = WriteAttributes(link.Attributes, batch.OtherAttributes),
                DroppedAttributesCount = link.DroppedAttributesCount,
                Flags = link.Flags,
            });
        }
        return new RowRange(start, links.Count);
    }

    private int WriteEndpoint(Endpoint? endpoint)
    {
        if (endpoint is null)
            return 0;
        int index = batch.Endpoints.Count;
        batch.Endpoints.Add(new EndpointRow
        {
            ServiceName = Text(endpoint.ServiceName ?? ""),
            Ipv4 = Address(endpoint.Ipv4),
            Ipv6 = Address(endpoint.Ipv6),
            Port = endpoint.Port,
        });
        return index;
    }

    private RowRange WriteAttributes(AttributeList attributes, RowTable<AttributeRow> table)
    {
        int start = table.Count;
        foreach (KeyValue item in attributes.AsSpan())
            table.Add(Row(Text(item.Key), item.Value));
        return new RowRange(start, attributes.Count);
    }

    private AttributeRow Row(Utf8Slice key, AttributeValue value)
    {
        switch (value.Type)
        {
            case AttributeType.String:
                return AttributeRow.String(key, Text(value.AsString()));
            case AttributeType.Bool:
                return AttributeRow.From(key, value.AsBool());
            case AttributeType.Int64:
                return AttributeRow.From(key, value.AsInt64());
            case AttributeType.Double:
                return AttributeRow.From(key, value.AsDouble());
            case AttributeType.Bytes:
                return AttributeRow.Bytes(key, builder.AddText(value.AsBytes().Span));
            case AttributeType.Array:
                int arrayMark = builder.BeginElements();
                foreach (AttributeValue item in value.AsArray())
                    builder.AddElement(Row(default, item));
                return AttributeRow.Array(key, builder.EndElements(arrayMark));
            case AttributeType.KeyValueList:
                int listMark = builder.BeginElements();
                foreach (KeyValue item in value.AsKeyValues().AsSpan())
                    builder.AddElement(Row(Text(item.Key), item.Value));
                return AttributeRow.KeyValueList(key, builder.EndElements(listMark));
            default:
                return AttributeRow.Empty(key);
        }
    }

    private Utf8Slice Text(string text) =>
        text.Length == 0 ? default : builder.CommitArena(Encoding.UTF8.GetBytes(text, builder.ReserveArena(Encoding.UTF8.GetMaxByteCount(text.Length))));

    private Utf8Slice Address(IPAddress? address) => address is null ? default : builder.AddText(address.GetAddressBytes());
}
