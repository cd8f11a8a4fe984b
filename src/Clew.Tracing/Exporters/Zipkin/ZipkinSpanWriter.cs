using System.Diagnostics;
using System.Globalization;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>
/// Writes an activity as a Zipkin v2 span (zipkin-api, zipkin2-api.yaml) by OpenTelemetry's SDK-to-Zipkin mapping. Links, trace state and flags
/// have no Zipkin form.
/// </summary>
internal sealed class ZipkinSpanWriter : IDisposable
{
    // All that is written with the name, besides it: members, three ids of 64 digits together, two numbers of up to 20 digits.
    private const int HeadBytesMax = 256;

    private readonly TagText text = new();
    private readonly byte[] localEndpoint;
    private readonly ZipkinTagWriter tags;

    public ZipkinSpanWriter(ExportedResource resource)
    {
        var name = new byte[JsonText.BytesMax(resource.ServiceName)];
        localEndpoint = [.. ",\"localEndpoint\":{\"serviceName\":"u8, .. name.AsSpan(0, JsonText.Write(name, 0, resource.ServiceName)), (byte)'}'];
        tags = new ZipkinTagWriter(resource, text);
    }

    /// <summary>Appends the span's object; an exception leaves part of it in the buffer.</summary>
    public void Write(PooledBuffer buffer, Activity span)
    {
        WriteHead(buffer, span);
        WriteAnnotations(buffer, span);
        var remote = new ZipkinRemoteEndpoint(span.Kind is ActivityKind.Client or ActivityKind.Producer);
        tags.Write(buffer, span, ref remote);
        remote.Write(buffer);
        buffer.WriteByte((byte)'}');
    }

    public void Dispose() => text.Dispose();

    private void WriteHead(PooledBuffer buffer, Activity span)
    {
        string name = span.DisplayName;
        Span<byte> to = buffer.Reserve(HeadBytesMax + localEndpoint.Length + JsonText.BytesMax(name));
        int at = JsonText.Raw(to, 0, "{\"traceId\":\""u8);
        at += Utf8Text.Write(to, at, span.TraceId.ToHexString());
        if (SpanIds.HasParent(span))
        {
            at = JsonText.Raw(to, at, "\",\"parentId\":\""u8);
            at += Utf8Text.Write(to, at, span.ParentSpanId.ToHexString());
        }
        at = JsonText.Raw(to, at, "\",\"id\":\""u8);
        at += Utf8Text.Write(to, at, span.SpanId.ToHexString());
        at = JsonText.Raw(to, at, KindMember(span.Kind));
        at = JsonText.Raw(to, at, ",\"name\":"u8);
        at = JsonText.Write(to, at, name);
        if (UnixTime.Us(span.StartTimeUtc) is > 0 and long timestampUs)
            at = Number(to, JsonText.Raw(to, at, ",\"timestamp\":"u8), timestampUs);
        // Zipkin takes 0 for "not known": the shortest duration is 1 µs.
        if (span.Duration > TimeSpan.Zero)
            at = Number(to, JsonText.Raw(to, at, ",\"duration\":"u8), Math.Max(1, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
        buffer.Keep(JsonText.Raw(to, at, localEndpoint));
    }

    private void WriteAnnotations(PooledBuffer buffer, Activity span)
    {
        Activity.Enumerator<ActivityEvent> events = span.EnumerateEvents();
        if (!events.MoveNext())
            return;
        buffer.Write(",\"annotations\":["u8);
        WriteAnnotation(buffer, events.Current);
        while (events.MoveNext())
        {
            buffer.WriteByte((byte)',');
            WriteAnnotation(buffer, events.Current);
        }
        buffer.WriteByte((byte)']');
    }

    private void WriteAnnotation(PooledBuffer buffer, in ActivityEvent item)
    {
        ReadOnlySpan<byte> described = item.EnumerateTagObjects().MoveNext() ? text.OfEvent(item.Name, item.Tags) : default;
        Span<byte> to = buffer.Reserve(HeadBytesMax + (described.IsEmpty ? JsonText.BytesMax(item.Name) : JsonText.BytesMax(described)));
        // Zipkin refuses a whole request for one annotation at time 0.
        int at = Number(to, JsonText.Raw(to, 0, "{\"timestamp\":"u8), Math.Max(1, UnixTime.Us(item.Timestamp.UtcDateTime)));
        at = JsonText.Raw(to, at, ",\"value\":"u8);
        at = described.IsEmpty ? JsonText.Write(to, at, item.Name) : JsonText.Write(to, at, described);
        to[at] = (byte)'}';
        buffer.Keep(at + 1);
    }

    private static int Number(Span<byte> to, int at, long value)
    {
        value.TryFormat(to[at..], out int length, default, CultureInfo.InvariantCulture);
        return at + length;
    }

    // With the end of the id before it.
    private static ReadOnlySpan<byte> KindMember(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "\",\"kind\":\"CLIENT\""u8,
        ActivityKind.Server => "\",\"kind\":\"SERVER\""u8,
        ActivityKind.Producer => "\",\"kind\":\"PRODUCER\""u8,
        ActivityKind.Consumer => "\",\"kind\":\"CONSUMER\""u8,
        _ => "\""u8,
    };
}
