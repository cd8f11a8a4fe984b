using System.Buffers.Binary;
using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// Writes an activity as Jaeger's <c>Span</c> struct (jaeger-idl, jaeger.thrift), in either protocol, by OpenTelemetry's "Transformation to
/// Jaeger": links are FOLLOWS_FROM references, events are logs, what Jaeger has no field for is a tag.
/// </summary>
internal static class JaegerSpanWriter
{
    private const int FollowsFrom = 1;
    private const int Sampled = 1;

    public static void Write<TWriter>(ref TWriter writer, Activity span, TagText text) where TWriter : struct, IThriftWriter
    {
        (long high, long low) = Split(span.TraceId);
        short outer = writer.BeginStruct();
        writer.Int64Field(1, low);
        writer.Int64Field(2, high);
        writer.Int64Field(3, Number(span.SpanId));
        writer.Int64Field(4, Number(span.ParentSpanId));
        writer.TextField(5, span.DisplayName);
        WriteLinks(ref writer, span);
        writer.Int32Field(7, span.Recorded ? Sampled : 0);
        writer.Int64Field(8, UnixTime.Us(span.StartTimeUtc));
        writer.Int64Field(9, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond);
        WriteTags(ref writer, span, text);
        WriteLogs(ref writer, span, text);
        writer.EndStruct(outer);
    }

    private static void WriteLinks<TWriter>(ref TWriter writer, Activity span) where TWriter : struct, IThriftWriter
    {
        int count = 0;
        foreach (ref readonly ActivityLink _ in span.EnumerateLinks())
            count++;
        if (count == 0)
            return;
        writer.StructListField(6, count);
        foreach (ref readonly ActivityLink link in span.EnumerateLinks())
        {
            (long high, long low) = Split(link.Context.TraceId);
            short outer = writer.BeginStruct();
            writer.Int32Field(1, FollowsFrom);
            writer.Int64Field(2, low);
            writer.Int64Field(3, high);
            writer.Int64Field(4, Number(link.Context.SpanId));
            writer.EndStruct(outer);
        }
    }

    private static void WriteTags<TWriter>(ref TWriter writer, Activity span, TagText text) where TWriter : struct, IThriftWriter
    {
        SpanStatus status = SpanStatus.Of(span);
        string? version = string.IsNullOrEmpty(span.Source.Version) ? null : span.Source.Version;
        // The kind, and what else is there. A list begins with its length.
        int count = 1;
        count += span.Source.Name.Length > 0 ? 1 : 0;
        count += version is not null ? 1 : 0;
        count += status.Code switch { ActivityStatusCode.Error => 2, ActivityStatusCode.Ok => 1, _ => 0 };
        count += string.IsNullOrEmpty(status.Description) ? 0 : 1;
        count += string.IsNullOrEmpty(span.TraceStateString) ? 0 : 1;
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
            count += IsWritten(tag) ? 1 : 0;
        writer.StructListField(10, count);
        if (span.Source.Name.Length > 0)
            JaegerTags.WriteText(ref writer, "otel.scope.name", span.Source.Name);
        if (version is not null)
            JaegerTags.WriteText(ref writer, "otel.scope.version", version);
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (IsWritten(tag))
                JaegerTags.Write(ref writer, tag.Key, TagValue.Of(tag.Value!), text);
        }
        JaegerTags.WriteText(ref writer, "span.kind", KindWord(span.Kind));
        WriteStatus(ref writer, status, text);
        if (!string.IsNullOrEmpty(span.TraceStateString))
            JaegerTags.WriteText(ref writer, "w3c.tracestate", span.TraceStateString);
    }

    private static void WriteStatus<TWriter>(ref TWriter writer, SpanStatus status, TagText text) where TWriter : struct, IThriftWriter
    {
        if (status.Code == ActivityStatusCode.Ok)
            JaegerTags.WriteText(ref writer, SpanStatus.CodeKey, "OK");
        if (status.Code == ActivityStatusCode.Error)
        {
            JaegerTags.WriteText(ref writer, SpanStatus.CodeKey, "ERROR");
            JaegerTags.Write(ref writer, "error", TagValue.True, text);
        }
        if (!string.IsNullOrEmpty(status.Description))
            JaegerTags.WriteText(ref writer, SpanStatus.DescriptionKey, status.Description);
    }

    private static void WriteLogs<TWriter>(ref TWriter writer, Activity span, TagText text) where TWriter : struct, IThriftWriter
    {
        int count = 0;
        foreach (ref readonly ActivityEvent _ in span.EnumerateEvents())
            count++;
        if (count == 0)
            return;
        writer.StructListField(11, count);
        foreach (ref readonly ActivityEvent item in span.EnumerateEvents())
            WriteLog(ref writer, item, text);
    }

    // The name is the field "event", unless the event has a field of that name itself.
    private static void WriteLog<TWriter>(ref TWriter writer, in ActivityEvent item, TagText text) where TWriter : struct, IThriftWriter
    {
        int count = 0;
        bool named = false;
        foreach (ref readonly KeyValuePair<string, object?> tag in item.EnumerateTagObjects())
        {
            count += tag.Value is null ? 0 : 1;
            named |= tag.Key == "event" && tag.Value is not null;
        }
        short outer = writer.BeginStruct();
        writer.Int64Field(1, UnixTime.Us(item.Timestamp.UtcDateTime));
        writer.StructListField(2, named ? count : count + 1);
        if (!named)
            JaegerTags.WriteText(ref writer, "event", item.Name);
        foreach (ref readonly KeyValuePair<string, object?> tag in item.EnumerateTagObjects())
        {
            if (tag.Value is not null)
                JaegerTags.Write(ref writer, tag.Key, TagValue.Of(tag.Value), text);
        }
        writer.EndStruct(outer);
    }

    private static bool IsWritten(in KeyValuePair<string, object?> tag) => tag.Value is not null && !SpanStatus.IsKey(tag.Key);

    private static (long High, long Low) Split(ActivityTraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.CopyTo(bytes);
        return (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
    }

    private static long Number(ActivitySpanId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        id.CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    private static string KindWord(ActivityKind kind) => kind switch
    {
        ActivityKind.Client => "client",
        ActivityKind.Server => "server",
        ActivityKind.Producer => "producer",
        ActivityKind.Consumer => "consumer",
        _ => "internal",
    };
}
