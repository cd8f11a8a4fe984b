using System.Diagnostics;
using System.Text.Json;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Otlp;

/// <summary>Writes an activity as OTLP JSON's <c>Span</c> (opentelemetry-proto, trace.proto).</summary>
internal static class OtlpJsonSpanWriter
{
    // SpanFlags: the low byte is W3C's flags, these two say whether the next bit counts and whether the parent is of another process.
    private const uint HasIsRemote = 0x100;
    private const uint IsRemote = 0x200;

    public static void Write(Utf8JsonWriter json, Activity span)
    {
        json.WriteStartObject();
        json.WriteString("traceId"u8, span.TraceId.ToHexString());
        json.WriteString("spanId"u8, span.SpanId.ToHexString());
        if (!string.IsNullOrEmpty(span.TraceStateString))
            json.WriteString("traceState"u8, span.TraceStateString);
        if (SpanIds.HasParent(span))
            json.WriteString("parentSpanId"u8, span.ParentSpanId.ToHexString());
        json.WriteNumber("flags"u8, (uint)span.ActivityTraceFlags | HasIsRemote | (span.HasRemoteParent ? IsRemote : 0));
        json.WriteString("name"u8, span.DisplayName);
        json.WriteNumber("kind"u8, KindNumber(span.Kind));
        OtlpJsonAttributes.WriteInt64(json, "startTimeUnixNano"u8, UnixTime.Ns(span.StartTimeUtc));
        OtlpJsonAttributes.WriteInt64(json, "endTimeUnixNano"u8, UnixTime.Ns(span.StartTimeUtc + span.Duration));
        WriteTags(json, span.EnumerateTagObjects(), skipStatus: true);
        WriteEvents(json, span);
        WriteLinks(json, span);
        WriteStatus(json, SpanStatus.Of(span));
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, Activity span)
    {
        Activity.Enumerator<ActivityEvent> events = span.EnumerateEvents();
        if (!events.MoveNext())
            return;
        json.WriteStartArray("events"u8);
        do
        {
            ref readonly ActivityEvent item = ref events.Current;
            json.WriteStartObject();
            OtlpJsonAttributes.WriteInt64(json, "timeUnixNano"u8, UnixTime.Ns(item.Timestamp.UtcDateTime));
            json.WriteString("name"u8, item.Name);
            WriteTags(json, item.EnumerateTagObjects(), skipStatus: false);
            json.WriteEndObject();
        }
        while (events.MoveNext());
        json.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter json, Activity span)
    {
        Activity.Enumerator<ActivityLink> links = span.EnumerateLinks();
        if (!links.MoveNext())
            return;
        json.WriteStartArray("links"u8);
        do
        {
            ref readonly ActivityLink link = ref links.Current;
            ActivityContext context = link.Context;
            json.WriteStartObject();
            json.WriteString("traceId"u8, context.TraceId.ToHexString());
            json.WriteString("spanId"u8, context.SpanId.ToHexString());
            if (!string.IsNullOrEmpty(context.TraceState))
                json.WriteString("traceState"u8, context.TraceState);
            WriteTags(json, link.EnumerateTagObjects(), skipStatus: false);
            json.WriteNumber("flags"u8, (uint)context.TraceFlags | HasIsRemote | (context.IsRemote ? IsRemote : 0));
            json.WriteEndObject();
        }
        while (links.MoveNext());
        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, Activity.Enumerator<KeyValuePair<string, object?>> tags, bool skipStatus)
    {
        json.WriteStartArray("attributes"u8);
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Value is not null && !(skipStatus && SpanStatus.IsKey(tag.Key)))
                OtlpJsonAttributes.WriteAttribute(json, tag.Key, TagValue.Of(tag.Value));
        }
        json.WriteEndArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, SpanStatus status)
    {
        if (status.Code == ActivityStatusCode.Unset)
            return;
        json.WriteStartObject("status"u8);
        if (!string.IsNullOrEmpty(status.Description))
            json.WriteString("message"u8, status.Description);
        // Activity's numbers are OTLP's: 1 is Ok, 2 is Error.
        json.WriteNumber("code"u8, (int)status.Code);
        json.WriteEndObject();
    }

    private static int KindNumber(ActivityKind kind) => kind switch
    {
        ActivityKind.Server => 2,
        ActivityKind.Client => 3,
        ActivityKind.Producer => 4,
        ActivityKind.Consumer => 5,
        _ => 1,
    };
}
