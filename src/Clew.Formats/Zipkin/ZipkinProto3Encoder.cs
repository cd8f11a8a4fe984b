using System.Buffers;
using System.Net;
using Clew.Formats.Protobuf;
using Clew.Model;
using Tags = Clew.Formats.Zipkin.ZipkinProto3Schema.Tags;

namespace Clew.Formats.Zipkin;

/// <summary>Writes spans as a <c>zipkin.proto3.ListOfSpans</c>, field by field the same as <see cref="ZipkinV2JsonEncoder"/> writes them.</summary>
public static class ZipkinProto3Encoder
{
    /// <summary>Writes the message without any framing.</summary>
    public static void Write(IBufferWriter<byte> output, IEnumerable<Span> spans)
    {
        using var writer = new ProtobufWriter();
        foreach (Span span in spans)
        {
            WriteSpan(writer, span);
            output.Write(writer.Written);
            writer.Clear();
        }
    }

    private static void WriteSpan(ProtobufWriter writer, Span span)
    {
        int start = writer.BeginMessage(Tags.Spans);
        WriteIds(writer, span);
        if (KindNumber(span.Kind) is > 0 and ulong kind)
            writer.WriteVarint(Tags.Kind, kind);
        if (span.Name.Length > 0)
            writer.WriteString(Tags.Name, span.Name.ToLowerInvariant());
        if (ZipkinTime.ToMicros(span.StartNs) is > 0 and long startUs)
            writer.WriteFixed64(Tags.Timestamp, (ulong)startUs);
        if (span.DurationNs > 0)
            writer.WriteVarint(Tags.Duration, (ulong)Math.Max(1, ZipkinTime.ToMicros(span.DurationNs)));
        WriteEndpoint(writer, Tags.LocalEndpoint, ZipkinEndpoints.LocalOf(span));
        WriteEndpoint(writer, Tags.RemoteEndpoint, ZipkinEndpoints.RemoteOf(span));
        foreach ((long timestampUs, string value) in ZipkinAnnotations.Of(span))
        {
            int annotation = writer.BeginMessage(Tags.Annotations);
            writer.WriteFixed64(Tags.AnnotationTimestamp, (ulong)timestampUs);
            writer.WriteString(Tags.AnnotationValue, value);
            writer.EndMessage(annotation);
        }
        foreach ((string key, string value) in ZipkinTags.Of(span))
        {
            int entry = writer.BeginMessage(Tags.TagEntries);
            writer.WriteString(Tags.EntryKey, key);
            writer.WriteString(Tags.EntryValue, value);
            writer.EndMessage(entry);
        }
        if (span.Traits.HasFlag(SpanTraits.Debug))
            writer.WriteVarint(Tags.Debug, 1);
        if (span.Traits.HasFlag(SpanTraits.Shared) && span.Kind != SpanKind.Client)
            writer.WriteVarint(Tags.Shared, 1);
        writer.EndMessage(start);
    }

    private static void WriteIds(ProtobufWriter writer, Span span)
    {
        Span<byte> bytes = stackalloc byte[16];
        span.TraceId.WriteBytes(bytes);
        writer.WriteBytes(Tags.TraceId, span.TraceId.High == 0 ? bytes[8..] : bytes);
        if (!span.ParentSpanId.IsZero && span.ParentSpanId != span.SpanId)
        {
            span.ParentSpanId.WriteBytes(bytes);
            writer.WriteBytes(Tags.ParentId, bytes[..8]);
        }
        span.SpanId.WriteBytes(bytes);
        writer.WriteBytes(Tags.Id, bytes[..8]);
    }

    private static void WriteEndpoint(ProtobufWriter writer, uint tag, Endpoint? endpoint)
    {
        if (endpoint is null or { ServiceName: null or "", Ipv4: null, Ipv6: null, Port: 0 })
            return;
        int start = writer.BeginMessage(tag);
        if (!string.IsNullOrEmpty(endpoint.ServiceName))
            writer.WriteString(Tags.EndpointServiceName, endpoint.ServiceName.ToLowerInvariant());
        WriteAddress(writer, Tags.EndpointIpv4, endpoint.Ipv4);
        WriteAddress(writer, Tags.EndpointIpv6, endpoint.Ipv6);
        if (endpoint.Port != 0)
            writer.WriteVarint(Tags.EndpointPort, endpoint.Port);
        writer.EndMessage(start);
    }

    private static void WriteAddress(ProtobufWriter writer, uint tag, IPAddress? address)
    {
        if (address is not null)
            writer.WriteBytes(tag, address.GetAddressBytes());
    }

    private static ulong KindNumber(SpanKind kind) => kind switch
    {
        SpanKind.Client => 1,
        SpanKind.Server => 2,
        SpanKind.Producer => 3,
        SpanKind.Consumer => 4,
        _ => 0,
    };
}
