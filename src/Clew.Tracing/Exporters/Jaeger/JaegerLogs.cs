using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>An activity's events as the list <c>logs</c>. An event's name is the field "event", unless the event has a field of that name itself.</summary>
internal static class JaegerLogs
{
    public static void Write<TProtocol>(PooledBuffer buffer, Activity span, TagText text, int afterField) where TProtocol : struct, IThriftProtocol
    {
        int count = 0;
        foreach (ref readonly ActivityEvent _ in span.EnumerateEvents())
            count++;
        if (count == 0)
            return;
        buffer.Keep(TProtocol.StructList(buffer.Reserve(Thrift.FieldBytesMax), 0, id: 11, afterField, count));
        foreach (ref readonly ActivityEvent item in span.EnumerateEvents())
            WriteLog<TProtocol>(buffer, item, text);
    }

    private static void WriteLog<TProtocol>(PooledBuffer buffer, in ActivityEvent item, TagText text) where TProtocol : struct, IThriftProtocol
    {
        int count = 0;
        bool named = false;
        foreach (ref readonly KeyValuePair<string, object?> tag in item.EnumerateTagObjects())
        {
            count += tag.Value is null ? 0 : 1;
            named |= tag.Key == "event" && tag.Value is not null;
        }
        Span<byte> to = buffer.Reserve(2 * Thrift.FieldBytesMax);
        int at = TProtocol.Int64(to, 0, id: 1, after: 0, UnixTime.Us(item.Timestamp.UtcDateTime));
        buffer.Keep(TProtocol.StructList(to, at, id: 2, after: 1, named ? count : count + 1));
        if (!named)
            JaegerTags.WriteText<TProtocol>(buffer, "event", item.Name);
        foreach (ref readonly KeyValuePair<string, object?> tag in item.EnumerateTagObjects())
        {
            if (tag.Value is not null)
                JaegerTags.Write<TProtocol>(buffer, tag.Key, tag.Value, text);
        }
        buffer.WriteByte(Thrift.Stop);
    }
}
