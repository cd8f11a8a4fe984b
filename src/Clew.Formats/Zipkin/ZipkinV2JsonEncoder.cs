using System.Net;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Writes spans as Zipkin v2 JSON (zipkin-api, zipkin2-api.yaml). Spans that came through Zipkin leave as they came, except for what Zipkin
/// itself does on output: service and span names in lower case, tags sorted by key (the last of equal keys wins), annotations sorted by
/// time and value without exact duplicates. Spans of other formats follow OpenTelemetry's SDK-to-Zipkin mapping; links, trace state,
/// W3C flags, scope attributes and dropped counts have no Zipkin form.
/// </summary>
public static class ZipkinV2JsonEncoder
{
    /// <summary>Writes an array of span objects.</summary>
    public static void WriteSpans(Utf8JsonWriter writer, IEnumerable<Span> spans)
    {
        writer.WriteStartArray();
        foreach (Span span in spans)
            WriteSpan(writer, span);
        writer.WriteEndArray();
    }

    /// <summary>Writes one span object. Nanoseconds are cut down to whole microseconds; a duration above zero stays at least 1 µs.</summary>
    public static void WriteSpan(Utf8JsonWriter writer, Span span)
    {
        writer.WriteStartObject();
        WriteIds(writer, span);
        if (KindWord(span.Kind) is { } kind)
            writer.WriteString("kind"u8, kind);
        if (span.Name.Length > 0)
            writer.WriteString("name"u8, span.Name.ToLowerInvariant());
        if (ZipkinTime.ToMicros(span.StartNs) is > 0 and long timestampUs)
            writer.WriteNumber("timestamp"u8, timestampUs);
        if (span.DurationNs > 0)
            writer.WriteNumber("duration"u8, Math.Max(1, ZipkinTime.ToMicros(span.DurationNs)));
        WriteEndpoint(writer, "localEndpoint"u8, ZipkinEndpoints.LocalOf(span));
        WriteEndpoint(writer, "remoteEndpoint"u8, ZipkinEndpoints.RemoteOf(span));
        WriteAnnotations(writer, span);
        WriteTags(writer, span);
        if (span.Traits.HasFlag(SpanTraits.Debug))
            writer.WriteBoolean("debug"u8, true);
        if (span.Traits.HasFlag(SpanTraits.Shared) && span.Kind != SpanKind.Client)
            writer.WriteBoolean("shared"u8, true);
        writer.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter writer, Span span)
    {
        Span<byte> hex = stackalloc byte[TraceId.HexLength];
        span.TraceId.TryFormat(hex, out _);
        writer.WriteString("traceId"u8, span.TraceId.High == 0 ? hex[SpanId.HexLength..] : hex);
        if (!span.ParentSpanId.IsZero && span.ParentSpanId != span.SpanId)
        {
            span.ParentSpanId.TryFormat(hex, out int parentLength);
            writer.WriteString("parentId"u8, hex[..parentLength]);
        }
        span.SpanId.TryFormat(hex, out int length);
        writer.WriteString("id"u8, hex[..length]);
    }

    private static void WriteEndpoint(Utf8JsonWriter writer, ReadOnlySpan<byte> property, Endpoint? endpoint)
    {
        if (endpoint is null or { ServiceName: null or "", Ipv4: null, Ipv6: null, Port: 0 })
            return;
        writer.WriteStartObject(property);
        if (!string.IsNullOrEmpty(endpoint.ServiceName))
            writer.WriteString("serviceName"u8, endpoint.ServiceName.ToLowerInvariant());
        WriteAddress(writer, "ipv4"u8, endpoint.Ipv4);
        WriteAddress(writer, "ipv6"u8, endpoint.Ipv6);
        if (endpoint.Port != 0)
            writer.WriteNumber("port"u8, endpoint.Port);
        writer.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter writer, ReadOnlySpan<byte> property, IPAddress? address)
    {
        if (address is not null)
            writer.WriteString(property, address.ToString());
    }

    private static void WriteAnnotations(Utf8JsonWriter writer, Span span)
    {
        if (span.Events.Count == 0)
            return;
        writer.WriteStartArray("annotations"u8);
        foreach ((long timestampUs, string value) in ZipkinAnnotations.Of(span))
        {
            writer.WriteStartObject();
            writer.WriteNumber("timestamp"u8, timestampUs);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter writer, Span span)
    {
        SortedDictionary<string, string> tags = ZipkinTags.Of(span);
        if (tags.Count == 0)
            return;
        writer.WriteStartObject("tags"u8);
        foreach ((string key, string value) in tags)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static string? KindWord(SpanKind kind) => kind switch
    {
        SpanKind.Client => "CLIENT",
        SpanKind.Server => "SERVER",
        SpanKind.Producer => "PRODUCER",
        SpanKind.Consumer => "CONSUMER",
        _ => null,
    };
}
