using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;
using Clew.Tracing.Propagation;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// An activity's links as the list <c>references</c>. Their kind is the attribute <c>opentracing.ref_type</c> (OpenTelemetry's OpenTracing compatibility), without
/// it FOLLOWS_FROM; Jaeger has no place for their other attributes.
/// </summary>
internal static class JaegerReferences
{
    private const int ChildOf = 0;
    private const int FollowsFrom = 1;

    /// <returns>How many there are; none writes nothing.</returns>
    public static int Write<TProtocol>(PooledBuffer buffer, Activity span, int afterField) where TProtocol : struct, IThriftProtocol
    {
        int count = 0;
        foreach (ref readonly ActivityLink _ in span.EnumerateLinks())
            count++;
        if (count == 0)
            return 0;
        buffer.Keep(TProtocol.StructList(buffer.Reserve(Thrift.FieldBytesMax), 0, id: 6, afterField, count));
        foreach (ref readonly ActivityLink link in span.EnumerateLinks())
        {
            (ulong high, ulong low) = ActivityIds.Number(link.Context.TraceId);
            Span<byte> to = buffer.Reserve((4 * Thrift.FieldBytesMax) + 1);
            int at = TProtocol.Int32(to, 0, id: 1, after: 0, TypeOf(link));
            at = TProtocol.Int64(to, at, id: 2, after: 1, (long)low);
            at = TProtocol.Int64(to, at, id: 3, after: 2, (long)high);
            at = TProtocol.Int64(to, at, id: 4, after: 3, (long)ActivityIds.Number(link.Context.SpanId));
            to[at] = Thrift.Stop;
            buffer.Keep(at + 1);
        }
        return count;
    }

    private static int TypeOf(in ActivityLink link)
    {
        foreach (ref readonly KeyValuePair<string, object?> tag in link.EnumerateTagObjects())
        {
            if (tag.Key == "opentracing.ref_type" && tag.Value is "child_of")
                return ChildOf;
        }
        return FollowsFrom;
    }
}
