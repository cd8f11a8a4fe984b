using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>
/// Writes an activity as a Zipkin v2 span (zipkin-api, zipkin2-api.yaml) by OpenTelemetry's SDK-to-Zipkin mapping. Links, trace state and flags
/// have no Zipkin form.
/// </summary>
internal sealed class ZipkinSpanWriter : IDisposable
{
    private readonly Utf8JsonWriter json = new(Stream.Null, TagJson.WriterOptions);
    private readonly TagText text = new();
    private readonly JsonEncodedText serviceName;
    private readonly KeyValuePair<JsonEncodedText, JsonEncodedText>[] resourceTags;
    private readonly string[] resourceKeys;
    private readonly FrozenSet<string> resourceKeySet;

    public ZipkinSpanWriter(ExportedResource resource)
    {
        serviceName = Encode(resource.ServiceName);
        resourceTags = [.. resource.Attributes.Select(item => KeyValuePair.Create(Encode(item.Key), Encode(Text(item.Value))))];
        resourceKeys = [.. resource.Attributes.Select(item => item.Key)];
        resourceKeySet = resourceKeys.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Appends the span's object; an exception leaves part of it in the buffer.</summary>
    public void Write(PooledBuffer buffer, Activity span)
    {
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("traceId"u8, span.TraceId.ToHexString());
        if (SpanIds.HasParent(span))
            json.WriteString("parentId"u8, span.ParentSpanId.ToHexString());
        json.WriteString("id"u8, span.SpanId.ToHexString());
        if (KindWord(span.Kind) is { } kind)
            json.WriteString("kind"u8, kind);
        json.WriteString("name"u8, span.DisplayName);
        if (UnixTime.Us(span.StartTimeUtc) is > 0 and long timestampUs)
            json.WriteNumber("timestamp"u8, timestampUs);
        // Zipkin takes 0 for "not known": the shortest duration is 1 µs.
        if (span.Duration > TimeSpan.Zero)
            json.WriteNumber("duration"u8, Math.Max(1, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
        json.WriteStartObject("localEndpoint"u8);
        json.WriteString("serviceName"u8, serviceName);
        json.WriteEndObject();
        WriteAnnotations(span);
        var remote = new ZipkinRemoteEndpoint();
        WriteTags(span, ref remote);
        if (span.Kind is ActivityKind.Client or ActivityKind.Producer)
            remote.Write(json);
        json.WriteEndObject();
        json.Flush();
    }

    public void Dispose()
    {
        json.Dispose();
        text.Dispose();
    }

    private void WriteAnnotations(Activity span)
    {
        Activity.Enumerator<ActivityEvent> events = span.EnumerateEvents();
        if (!events.MoveNext())
            return;
        json.WriteStartArray("annotations"u8);
        do
        {
            ref readonly ActivityEvent item = ref events.Current;
            json.WriteStartObject();
            // Zipkin refuses a whole request for one annotation at time 0.
            json.WriteNumber("timestamp"u8, Math.Max(1, UnixTime.Us(item.Timestamp.UtcDateTime)));
            if (item.EnumerateTagObjects().MoveNext())
                json.WriteString("value"u8, text.OfEvent(item.Name, item.Tags));
            else
                json.WriteString("value"u8, item.Name);
            json.WriteEndObject();
        }
        while (events.MoveNext());
        json.WriteEndArray();
    }

    private void WriteTags(Activity span, ref ZipkinRemoteEndpoint remote)
    {
        bool hasError = false;
        bool replacesResource = false;
        json.WriteStartObject("tags"u8);
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (tag.Value is null || SpanStatus.IsKey(tag.Key))
                continue;
            hasError |= tag.Key == "error";
            replacesResource |= resourceKeySet.Contains(tag.Key);
            remote.Consider(tag.Key, tag.Value);
            TagValue value = TagValue.Of(tag.Value);
            if (value.Kind == TagKind.Text)
                json.WriteString(tag.Key, value.Text);
            else
                json.WriteString(tag.Key, text.Of(value));
        }
        WriteStatus(SpanStatus.Of(span), hasError);
        WriteScope(span);
        for (int i = 0; i < resourceTags.Length; i++)
        {
            // Readers keep the last of equal keys, and the span knows better than the process.
            if (!replacesResource || span.GetTagItem(resourceKeys[i]) is null)
                json.WriteString(resourceTags[i].Key, resourceTags[i].Value);
        }
        json.WriteEndObject();
    }

    // OpenTelemetry to Zipkin, "Status": error carries the message and is there, empty, even without one.
    private void WriteStatus(SpanStatus status, bool hasError)
    {
        if (status.Code == ActivityStatusCode.Ok)
            json.WriteString("otel.status_code"u8, "OK"u8);
        if (status.Code != ActivityStatusCode.Error)
            return;
        json.WriteString("otel.status_code"u8, "ERROR"u8);
        if (!hasError)
            json.WriteString("error"u8, status.Description ?? "");
    }

    private void WriteScope(Activity span)
    {
        if (span.Source.Name.Length > 0)
            json.WriteString("otel.scope.name"u8, span.Source.Name);
        if (!string.IsNullOrEmpty(span.Source.Version))
            json.WriteString("otel.scope.version"u8, span.Source.Version);
    }

    private string Text(in TagValue value) => value.Kind == TagKind.Text ? value.Text : System.Text.Encoding.UTF8.GetString(text.Of(value));

    private static JsonEncodedText Encode(string value) => JsonEncodedText.Encode(value, TagJson.WriterOptions.Encoder);

    private static string? KindWord(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "CLIENT",
        ActivityKind.Server => "SERVER",
        ActivityKind.Producer => "PRODUCER",
        ActivityKind.Consumer => "CONSUMER",
        _ => null,
    };
}
