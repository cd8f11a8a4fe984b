using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Propagation;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// Writes an activity as Jaeger's <c>Span</c> struct (jaeger-idl, jaeger.thrift), in either protocol, by OpenTelemetry's "Transformation to
/// Jaeger": links are FOLLOWS_FROM references, events are logs, what Jaeger has no field for is a tag.
/// </summary>
internal static class JaegerSpanWriter
{
    private const int Sampled = 1;

    // Fields 1 to 10 without the references, which are rare.
    private const int FieldCount = 9;

    public static void Write<TProtocol>(PooledBuffer buffer, Activity span, TagText text) where TProtocol : struct, IThriftProtocol
    {
        WriteIdentity<TProtocol>(buffer, span);
        int links = JaegerReferences.Write<TProtocol>(buffer, span, afterField: 5);
        WriteTimes<TProtocol>(buffer, span, after: links > 0 ? 6 : 5);
        WriteTags<TProtocol>(buffer, span, text);
        JaegerLogs.Write<TProtocol>(buffer, span, text, afterField: 10);
        buffer.WriteByte(Thrift.Stop);
    }

    private static void WriteIdentity<TProtocol>(PooledBuffer buffer, Activity span) where TProtocol : struct, IThriftProtocol
    {
        (ulong high, ulong low) = ActivityIds.Number(span.TraceId);
        string name = span.DisplayName;
        Span<byte> to = buffer.Reserve((FieldCount * Thrift.FieldBytesMax) + Utf8Text.BytesMax(name));
        int at = TProtocol.Int64(to, 0, id: 1, after: 0, (long)low);
        at = TProtocol.Int64(to, at, id: 2, after: 1, (long)high);
        at = TProtocol.Int64(to, at, id: 3, after: 2, (long)ActivityIds.Number(span.SpanId));
        at = TProtocol.Int64(to, at, id: 4, after: 3, (long)ActivityIds.Number(span.ParentSpanId));
        buffer.Keep(TProtocol.Text(to, at, id: 5, after: 4, name));
    }

    private static void WriteTimes<TProtocol>(PooledBuffer buffer, Activity span, int after) where TProtocol : struct, IThriftProtocol
    {
        Span<byte> to = buffer.Reserve(FieldCount * Thrift.FieldBytesMax);
        int at = TProtocol.Int32(to, 0, id: 7, after, span.Recorded ? Sampled : 0);
        at = TProtocol.Int64(to, at, id: 8, after: 7, UnixTime.Us(span.StartTimeUtc));
        buffer.Keep(TProtocol.Int64(to, at, id: 9, after: 8, span.Duration.Ticks / TimeSpan.TicksPerMicrosecond));
    }

    private static void WriteTags<TProtocol>(PooledBuffer buffer, Activity span, TagText text) where TProtocol : struct, IThriftProtocol
    {
        // The kind, and what else is there. A list begins with its length.
        int count = 1;
        var statusTags = new StatusTags();
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
            count += tag.Value is null || statusTags.TryTake(tag.Key, tag.Value) ? 0 : 1;
        SpanStatus status = statusTags.StatusOf(span);
        string? version = string.IsNullOrEmpty(span.Source.Version) ? null : span.Source.Version;
        count += span.Source.Name.Length > 0 ? 1 : 0;
        count += version is not null ? 1 : 0;
        count += status.Code switch { ActivityStatusCode.Error => 2, ActivityStatusCode.Ok => 1, _ => 0 };
        count += string.IsNullOrEmpty(status.Description) ? 0 : 1;
        count += string.IsNullOrEmpty(span.TraceStateString) ? 0 : 1;
        buffer.Keep(TProtocol.StructList(buffer.Reserve(Thrift.FieldBytesMax), 0, id: 10, after: 9, count));
        if (span.Source.Name.Length > 0)
            JaegerTags.WriteText<TProtocol>(buffer, "otel.scope.name", span.Source.Name);
        if (version is not null)
            JaegerTags.WriteText<TProtocol>(buffer, "otel.scope.version", version);
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (tag.Value is not null && !SpanStatus.IsKey(tag.Key))
                JaegerTags.Write<TProtocol>(buffer, tag.Key, tag.Value, text);
        }
        JaegerTags.WriteText<TProtocol>(buffer, "span.kind", KindWord(span.Kind));
        WriteStatus<TProtocol>(buffer, status, text);
        if (!string.IsNullOrEmpty(span.TraceStateString))
            JaegerTags.WriteText<TProtocol>(buffer, "w3c.tracestate", span.TraceStateString);
    }

    private static void WriteStatus<TProtocol>(PooledBuffer buffer, SpanStatus status, TagText text) where TProtocol : struct, IThriftProtocol
    {
        if (status.Code == ActivityStatusCode.Ok)
            JaegerTags.WriteText<TProtocol>(buffer, SpanStatus.CodeKey, "OK");
        if (status.Code == ActivityStatusCode.Error)
        {
            JaegerTags.WriteText<TProtocol>(buffer, SpanStatus.CodeKey, "ERROR");
            JaegerTags.Write<TProtocol>(buffer, "error", TagValue.True, text);
        }
        if (!string.IsNullOrEmpty(status.Description))
            JaegerTags.WriteText<TProtocol>(buffer, SpanStatus.DescriptionKey, status.Description);
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
