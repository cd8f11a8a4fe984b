using System.Net;
using System.Text;

namespace Clew.Model;

/// <summary>
/// Makes read-side spans of a batch. Resources and scopes become one object each, shared by their spans. Bytes that are
/// not UTF-8 read as U+FFFD. Valid as long as the batch is.
/// </summary>
public sealed class SpanReader
{
    private readonly SpanBatch batch;
    private readonly Resource?[] resources;
    private readonly Scope?[] scopes;

    public SpanReader(SpanBatch batch)
    {
        this.batch = batch;
        resources = new Resource?[batch.Resources.Count];
        scopes = new Scope?[batch.Scopes.Count];
    }

    /// <summary>All spans of a batch, in its order.</summary>
    public static Span[] ReadAll(SpanBatch batch)
    {
        var reader = new SpanReader(batch);
        var spans = new Span[batch.Spans.Count];
        for (int i = 0; i < spans.Length; i++)
            spans[i] = reader.Read(i);
        return spans;
    }

    public Span Read(int index)
    {
        ref readonly SpanRow row = ref batch.Spans[index];
        return new Span
        {
            TraceId = row.TraceId,
            SpanId = row.SpanId,
            ParentSpanId = row.ParentSpanId,
            Name = Text(row.Name),
            Kind = row.Kind,
            StartNs = row.StartNs,
            DurationNs = row.DurationNs,
            Status = row.Status,
            StatusMessage = Text(row.StatusMessage),
            TraceState = Text(row.TraceState),
            Flags = row.Flags,
            Traits = row.Traits,
            Resource = resources[row.Resource] ??= ReadResource(batch.Resources[row.Resource]),
            Scope = scopes[row.Scope] ??= ReadScope(batch.Scopes[row.Scope]),
            Attributes = ReadAttributes(batch.SpanAttributes.Slice(row.Attributes)),
            Events = ReadEvents(batch.Events.Slice(row.Events)),
            Links = ReadLinks(batch.Links.Slice(row.Links)),
            DroppedAttributesCount = row.DroppedAttributesCount,
            DroppedEventsCount = row.DroppedEventsCount,
            DroppedLinksCount = row.DroppedLinksCount,
            LocalEndpoint = ReadEndpoint(row.LocalEndpoint),
            RemoteEndpoint = ReadEndpoint(row.RemoteEndpoint),
        };
    }

    private Resource ReadResource(in ResourceRow row) => new(ReadAttributes(batch.OtherAttributes.Slice(row.Attributes)))
    {
        DroppedAttributesCount = row.DroppedAttributesCount,
        SchemaUrl = Text(row.SchemaUrl),
    };

    private Scope ReadScope(in ScopeRow row) => new(Text(row.Name), Text(row.Version))
    {
        Attributes = ReadAttributes(batch.OtherAttributes.Slice(row.Attributes)),
        DroppedAttributesCount = row.DroppedAttributesCount,
        SchemaUrl = Text(row.SchemaUrl),
    };

    private EquatableList<SpanEvent> ReadEvents(ReadOnlySpan<EventRow> rows)
    {
        if (rows.IsEmpty)
            return EquatableList<SpanEvent>.None;
        var events = new SpanEvent[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            events[i] = new SpanEvent(rows[i].TimeNs, Text(rows[i].Name))
            {
                Attributes = ReadAttributes(batch.OtherAttributes.Slice(rows[i].Attributes)),
                DroppedAttributesCount = rows[i].DroppedAttributesCount,
            };
        }
        return new EquatableList<SpanEvent>(events);
    }

    private EquatableList<SpanLink> ReadLinks(ReadOnlySpan<LinkRow> rows)
    {
        if (rows.IsEmpty)
            return EquatableList<SpanLink>.None;
        var links = new SpanLink[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            links[i] = new SpanLink(rows[i].TraceId, rows[i].SpanId)
            {
                TraceState = Text(rows[i].TraceState),
                Attributes = ReadAttributes(batch.OtherAttributes.Slice(rows[i].Attributes)),
                DroppedAttributesCount = rows[i].DroppedAttributesCount,
                Flags = rows[i].Flags,
            };
        }
        return new EquatableList<SpanLink>(links);
    }

    private Endpoint? ReadEndpoint(int index)
    {
        if (index == 0)
            return null;
        ref readonly EndpointRow row = ref batch.Endpoints[index];
        return new Endpoint(
            row.ServiceName.IsEmpty ? null : Text(row.ServiceName),
            row.Ipv4.IsEmpty ? null : new IPAddress(batch.Bytes(row.Ipv4)),
            row.Ipv6.IsEmpty ? null : new IPAddress(batch.Bytes(row.Ipv6)),
            row.Port);
    }

    private AttributeList ReadAttributes(ReadOnlySpan<AttributeRow> rows)
    {
        if (rows.IsEmpty)
            return AttributeList.None;
        var items = new KeyValue[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            items[i] = new KeyValue(Text(rows[i].Key), ReadValue(rows[i]));
        return new AttributeList(items);
    }

    private AttributeValue ReadValue(in AttributeRow row) => row.Type switch
    {
        AttributeType.String => AttributeValue.From(Text(row.Slice)),
        AttributeType.Bool => AttributeValue.From(row.Bool),
        AttributeType.Int64 => AttributeValue.From(row.Int64),
        AttributeType.Double => AttributeValue.From(row.Double),
        AttributeType.Bytes => AttributeValue.From(batch.Bytes(row.Slice).ToArray()),
        AttributeType.Array => ReadArray(batch.Elements.Slice(row.Items)),
        AttributeType.KeyValueList => AttributeValue.FromKeyValues(ReadAttributes(batch.Elements.Slice(row.Items))),
        _ => AttributeValue.Empty,
    };

    private AttributeValue ReadArray(ReadOnlySpan<AttributeRow> rows)
    {
        var items = new AttributeValue[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            items[i] = ReadValue(rows[i]);
        return AttributeValue.FromArray(items);
    }

    private string Text(Utf8Slice slice) => slice.IsEmpty ? "" : Encoding.UTF8.GetString(batch.Bytes(slice));
}
