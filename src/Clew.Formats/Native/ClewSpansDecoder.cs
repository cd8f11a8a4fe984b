using Clew.Model;

namespace Clew.Formats.Native;

/// <summary>Decodes <see cref="BatchFormat.ClewSpans"/>; <see cref="ClewSpansEncoder"/> wrote it.</summary>
internal static partial class ClewSpansDecoder
{
    // All bits of SpanTraits.
    private const byte TraitsMax = 31;

    public static void Decode(SpanBatchBuilder builder)
    {
        SpanBatch batch = builder.Batch;
        var reader = new ClewSpansReader(batch.Payload.Span);
        if (!reader.Take(ClewSpansFormat.Magic.Length, "the beginning").SequenceEqual(ClewSpansFormat.Magic))
            throw new SpanFormatException("the payload does not begin with CLWS", 0) { Problem = SpanFormatProblem.OtherMessage };
        if (reader.Byte(byte.MaxValue, "version") is var version && version != ClewSpansFormat.Version)
            throw ClewSpansReader.Invalid($"version {version} is not known; this program reads version {ClewSpansFormat.Version}", ClewSpansFormat.Magic.Length);
        for (int left = reader.Count("resources"); left > 0; left--)
            ReadResource(ref reader, builder);
        for (int left = reader.Count("scopes"); left > 0; left--)
            ReadScope(ref reader, builder);
        for (int left = reader.Count("endpoints"); left > 0; left--)
            ReadEndpoint(ref reader, batch);
        for (int left = reader.Count("spans"); left > 0; left--)
            ReadSpan(ref reader, builder);
        reader.ExpectEnd();
    }

    private static void ReadResource(ref ClewSpansReader reader, SpanBatchBuilder builder)
    {
        RowRange attributes = ReadAttributes(ref reader, builder, builder.Batch.OtherAttributes);
        builder.Batch.Resources.Add(new ResourceRow
        {
            Attributes = attributes,
            DroppedAttributesCount = reader.Number(uint.MaxValue, "dropped attributes"),
            SchemaUrl = reader.Slice("a schema's address"),
        });
    }

    private static void ReadScope(ref ClewSpansReader reader, SpanBatchBuilder builder)
    {
        var row = new ScopeRow
        {
            Name = reader.Slice("a scope's name"),
            Version = reader.Slice("a scope's version"),
        };
        row.Attributes = ReadAttributes(ref reader, builder, builder.Batch.OtherAttributes);
        row.DroppedAttributesCount = reader.Number(uint.MaxValue, "dropped attributes");
        row.SchemaUrl = reader.Slice("a schema's address");
        builder.Batch.Scopes.Add(row);
    }

    private static void ReadEndpoint(ref ClewSpansReader reader, SpanBatch batch) => batch.Endpoints.Add(new EndpointRow
    {
        ServiceName = reader.Slice("an endpoint's service"),
        Ipv4 = reader.Address(4, "an IPv4 address"),
        Ipv6 = reader.Address(16, "an IPv6 address"),
        Port = (ushort)reader.Number(ushort.MaxValue, "a port"),
    });

    private static void ReadSpan(ref ClewSpansReader reader, SpanBatchBuilder builder)
    {
        SpanBatch batch = builder.Batch;
        var row = new SpanRow
        {
            TraceId = reader.TraceId("a trace id"),
            SpanId = reader.SpanId("a span id"),
            ParentSpanId = reader.SpanId("a parent id"),
            StartNs = reader.Int64("a start"),
            DurationNs = reader.Int64("a duration"),
            Kind = (SpanKind)reader.Byte((byte)SpanKind.Consumer, "kind"),
            Status = (StatusCode)reader.Byte((byte)StatusCode.Error, "status"),
            Traits = (SpanTraits)reader.Byte(TraitsMax, "traits"),
            Flags = reader.Number(uint.MaxValue, "flags"),
            DroppedAttributesCount = reader.Number(uint.MaxValue, "dropped attributes"),
            DroppedEventsCount = reader.Number(uint.MaxValue, "dropped events"),
            DroppedLinksCount = reader.Number(uint.MaxValue, "dropped links"),
            Resource = (int)reader.Number((uint)batch.Resources.Count - 1, "a resource"),
            Scope = (int)reader.Number((uint)batch.Scopes.Count - 1, "a scope"),
            LocalEndpoint = (int)reader.Number((uint)batch.Endpoints.Count - 1, "an endpoint"),
            RemoteEndpoint = (int)reader.Number((uint)batch.Endpoints.Count - 1, "an endpoint"),
            Name = reader.Slice("a span's name"),
            TraceState = reader.Slice("a tracestate"),
            StatusMessage = reader.Slice("a status message"),
        };
        row.Attributes = ReadAttributes(ref reader, builder, batch.SpanAttributes);
        row.Events = ReadEvents(ref reader, builder);
        row.Links = ReadLinks(ref reader, builder);
        batch.Spans.Add(row);
    }

    private static RowRange ReadEvents(ref ClewSpansReader reader, SpanBatchBuilder builder)
    {
        SpanBatch batch = builder.Batch;
        int start = batch.Events.Count;
        for (int left = reader.Count("events"); left > 0; left--)
        {
            var row = new EventRow
            {
                TimeNs = reader.Int64("an event's time"),
                Name = reader.Slice("an event's name"),
            };
            row.Attributes = ReadAttributes(ref reader, builder, batch.OtherAttributes);
            row.DroppedAttributesCount = reader.Number(uint.MaxValue, "dropped attributes");
            batch.Events.Add(row);
        }
        return new RowRange(start, batch.Events.Count - start);
    }

    private static RowRange ReadLinks(ref ClewSpansReader reader, SpanBatchBuilder builder)
    {
        SpanBatch batch = builder.Batch;
        int start = batch.Links.Count;
        for (int left = reader.Count("links"); left > 0; left--)
        {
            var row = new LinkRow
            {
                TraceId = reader.TraceId("a link's trace id"),
                SpanId = reader.SpanId("a link's span id"),
                TraceState = reader.Slice("a tracestate"),
            };
            row.Attributes = ReadAttributes(ref reader, builder, batch.OtherAttributes);
            row.DroppedAttributesCount = reader.Number(uint.MaxValue, "dropped attributes");
            row.Flags = reader.Number(uint.MaxValue, "flags");
            batch.Links.Add(row);
        }
        return new RowRange(start, batch.Links.Count - start);
    }
}
