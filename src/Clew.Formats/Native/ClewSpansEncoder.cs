using System.Buffers;
using Clew.Model;

namespace Clew.Formats.Native;

/// <summary>
/// Writes a batch as <see cref="BatchFormat.ClewSpans"/>: what stands for a batch that came without a payload, wherever one is logged. Everything a span can carry
/// comes back, and in the same order.
/// </summary>
public static class ClewSpansEncoder
{
    public static void Write(IBufferWriter<byte> output, SpanBatch batch)
    {
        var writer = new ClewSpansWriter(output, batch);
        output.Write(ClewSpansFormat.Magic);
        writer.Byte(ClewSpansFormat.Version);
        // Row 0 of each is the empty row, which every batch has.
        writer.Varint((ulong)batch.Resources.Count - 1);
        foreach (ref readonly ResourceRow row in batch.Resources.Rows[1..])
            WriteResource(writer, batch, row);
        writer.Varint((ulong)batch.Scopes.Count - 1);
        foreach (ref readonly ScopeRow row in batch.Scopes.Rows[1..])
            WriteScope(writer, batch, row);
        writer.Varint((ulong)batch.Endpoints.Count - 1);
        foreach (ref readonly EndpointRow row in batch.Endpoints.Rows[1..])
            WriteEndpoint(writer, row);
        writer.Varint((ulong)batch.Spans.Count);
        foreach (ref readonly SpanRow row in batch.Spans.Rows)
            WriteSpan(writer, batch, row);
    }

    private static void WriteResource(ClewSpansWriter writer, SpanBatch batch, in ResourceRow row)
    {
        writer.Attributes(batch.OtherAttributes.Slice(row.Attributes));
        writer.Varint(row.DroppedAttributesCount);
        writer.Bytes(row.SchemaUrl);
    }

    private static void WriteScope(ClewSpansWriter writer, SpanBatch batch, in ScopeRow row)
    {
        writer.Bytes(row.Name);
        writer.Bytes(row.Version);
        writer.Attributes(batch.OtherAttributes.Slice(row.Attributes));
        writer.Varint(row.DroppedAttributesCount);
        writer.Bytes(row.SchemaUrl);
    }

    private static void WriteEndpoint(ClewSpansWriter writer, in EndpointRow row)
    {
        writer.Bytes(row.ServiceName);
        writer.Bytes(row.Ipv4);
        writer.Bytes(row.Ipv6);
        writer.Varint(row.Port);
    }

    private static void WriteSpan(ClewSpansWriter writer, SpanBatch batch, in SpanRow row)
    {
        writer.Id(row.TraceId);
        writer.Id(row.SpanId);
        writer.Id(row.ParentSpanId);
        writer.Int64(row.StartNs);
        writer.Int64(row.DurationNs);
        writer.Byte((byte)row.Kind);
        writer.Byte((byte)row.Status);
        writer.Byte((byte)row.Traits);
        writer.Varint(row.Flags);
        writer.Varint(row.DroppedAttributesCount);
        writer.Varint(row.DroppedEventsCount);
        writer.Varint(row.DroppedLinksCount);
        writer.Varint((ulong)row.Resource);
        writer.Varint((ulong)row.Scope);
        writer.Varint((ulong)row.LocalEndpoint);
        writer.Varint((ulong)row.RemoteEndpoint);
        writer.Bytes(row.Name);
        writer.Bytes(row.TraceState);
        writer.Bytes(row.StatusMessage);
        writer.Attributes(batch.SpanAttributes.Slice(row.Attributes));
        writer.Varint((ulong)row.Events.Count);
        foreach (ref readonly EventRow item in batch.Events.Slice(row.Events))
            WriteEvent(writer, batch, item);
        writer.Varint((ulong)row.Links.Count);
        foreach (ref readonly LinkRow link in batch.Links.Slice(row.Links))
            WriteLink(writer, batch, link);
    }

    private static void WriteEvent(ClewSpansWriter writer, SpanBatch batch, in EventRow row)
    {
        writer.Int64(row.TimeNs);
        writer.Bytes(row.Name);
        writer.Attributes(batch.OtherAttributes.Slice(row.Attributes));
        writer.Varint(row.DroppedAttributesCount);
    }

    private static void WriteLink(ClewSpansWriter writer, SpanBatch batch, in LinkRow row)
    {
        writer.Id(row.TraceId);
        writer.Id(row.SpanId);
        writer.Bytes(row.TraceState);
        writer.Attributes(batch.OtherAttributes.Slice(row.Attributes));
        writer.Varint(row.DroppedAttributesCount);
        writer.Varint(row.Flags);
    }
}
