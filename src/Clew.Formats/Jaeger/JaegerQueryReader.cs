using System.Text;
using Clew.Formats.Protobuf;
using Clew.Model;

namespace Clew.Formats.Jaeger;

/// <summary>
/// Reads the requests of <c>jaeger.api_v2.QueryService</c> and <c>jaeger.api_v3.QueryService</c>, whose field numbers agree (jaeger-idl,
/// <c>query.proto</c> and <c>api_v3/query_service.proto</c>).
/// </summary>
public static class JaegerQueryReader
{
    private const uint Text1 = 1 << 3 | WireType.LengthDelimited;
    private const uint Text2 = 2 << 3 | WireType.LengthDelimited;
    private const uint Message1 = Text1;
    private const uint Message2 = Text2;
    private const uint Message3 = 3 << 3 | WireType.LengthDelimited;
    private const uint Message4 = 4 << 3 | WireType.LengthDelimited;
    private const uint Message5 = 5 << 3 | WireType.LengthDelimited;
    private const uint Message6 = 6 << 3 | WireType.LengthDelimited;
    private const uint Message7 = 7 << 3 | WireType.LengthDelimited;
    private const uint Message10 = 10 << 3 | WireType.LengthDelimited;
    private const uint Varint4 = 4 << 3 | WireType.Varint;
    private const uint Varint8 = 8 << 3 | WireType.Varint;
    private const uint Varint9 = 9 << 3 | WireType.Varint;

    /// <exception cref="SpanFormatException">Not such a message.</exception>
    public static JaegerTraceRequest ReadGetTrace(ReadOnlySpan<byte> message)
    {
        ProtobufReader reader = Open(message);
        byte[] id = [];
        bool raw = false;
        uint tag;
        while ((tag = reader.ReadTag(JaegerQueryMessages.GetTrace)) != 0)
        {
            switch (tag)
            {
                case Text1:
                    id = reader.ReadBytes(JaegerQueryMessages.GetTrace).ToArray();
                    break;
                case Message2 or Message3:
                    // Hints where to look, which are not needed; a wrong one is still refused.
                    _ = ProtobufTime.ReadNs(ref reader, JaegerQueryMessages.GetTrace);
                    break;
                case Varint4:
                    raw = reader.ReadVarint(JaegerQueryMessages.GetTrace) != 0;
                    break;
                default:
                    reader.SkipUnknown(JaegerQueryMessages.GetTrace);
                    break;
            }
        }
        return new JaegerTraceRequest(id, raw);
    }

    /// <returns>Null when the request has no query.</returns>
    /// <exception cref="SpanFormatException">Not such a message.</exception>
    public static JaegerSearchRequest? ReadFindTraces(ReadOnlySpan<byte> message)
    {
        ProtobufReader reader = Open(message);
        JaegerSearchRequest? query = null;
        uint tag;
        while ((tag = reader.ReadTag(JaegerQueryMessages.FindTraces)) != 0)
        {
            if (tag == Message1)
                ReadQuery(ref reader, query ??= new JaegerSearchRequest());
            else
                reader.SkipUnknown(JaegerQueryMessages.FindTraces);
        }
        return query;
    }

    /// <exception cref="SpanFormatException">Not such a message.</exception>
    public static JaegerOperationsRequest ReadGetOperations(ReadOnlySpan<byte> message)
    {
        ProtobufReader reader = Open(message);
        (string service, string kind) = ReadTextPair(ref reader, JaegerQueryMessages.GetOperations);
        return new JaegerOperationsRequest(service, kind);
    }

    /// <exception cref="SpanFormatException">Not such a message.</exception>
    public static JaegerDependenciesRequest ReadGetDependencies(ReadOnlySpan<byte> message)
    {
        ProtobufReader reader = Open(message);
        long? startNs = null;
        long? endNs = null;
        uint tag;
        while ((tag = reader.ReadTag(JaegerQueryMessages.GetDependencies)) != 0)
        {
            switch (tag)
            {
                case Message1:
                    startNs = ReadTime(ref reader, JaegerQueryMessages.GetDependencies);
                    break;
                case Message2:
                    endNs = ReadTime(ref reader, JaegerQueryMessages.GetDependencies);
                    break;
                default:
                    reader.SkipUnknown(JaegerQueryMessages.GetDependencies);
                    break;
            }
        }
        return new JaegerDependenciesRequest(startNs, endNs);
    }

    private static void ReadQuery(ref ProtobufReader reader, JaegerSearchRequest query)
    {
        ProtobufMessage message = JaegerQueryMessages.Query;
        int outerEnd = reader.Enter(JaegerQueryMessages.FindTraces);
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            switch (tag)
            {
                case Text1:
                    query.Service = ReadText(ref reader, message);
                    break;
                case Text2:
                    query.Operation = ReadText(ref reader, message);
                    break;
                case Message3:
                    int entryEnd = reader.Enter(message);
                    (string key, string value) = ReadTextPair(ref reader, JaegerQueryMessages.AttributesEntry);
                    query.Tags[key] = value;
                    reader.Leave(entryEnd);
                    break;
                case Message4:
                    query.StartMinNs = ReadTime(ref reader, message);
                    break;
                case Message5:
                    query.StartMaxNs = ReadTime(ref reader, message);
                    break;
                case Message6:
                    query.DurationMinNs = ProtobufTime.ReadNs(ref reader, message);
                    break;
                case Message7:
                    query.DurationMaxNs = ProtobufTime.ReadNs(ref reader, message);
                    break;
                case Varint8:
                    query.Depth = (int)reader.ReadVarint(message);
                    break;
                case Varint9:
                    query.Raw = reader.ReadVarint(message) != 0;
                    break;
                case Message10:
                    query.Filter = JaegerExpressionReader.ReadCall(ref reader, message);
                    break;
                default:
                    reader.SkipUnknown(message);
                    break;
            }
        }
        reader.Leave(outerEnd);
    }

    // A message, or the rest of one, of two texts under 1 and 2.
    private static (string First, string Second) ReadTextPair(ref ProtobufReader reader, ProtobufMessage message)
    {
        string first = "";
        string second = "";
        uint tag;
        while ((tag = reader.ReadTag(message)) != 0)
        {
            switch (tag)
            {
                case Text1:
                    first = ReadText(ref reader, message);
                    break;
                case Text2:
                    second = ReadText(ref reader, message);
                    break;
                default:
                    reader.SkipUnknown(message);
                    break;
            }
        }
        return (first, second);
    }

    // Go has no absence here: its clients send the beginning of the year 1, which is far before what nanoseconds can hold.
    private static long? ReadTime(ref ProtobufReader reader, ProtobufMessage message) =>
        ProtobufTime.ReadNs(ref reader, message) is var ns and not long.MinValue ? ns : null;

    private static string ReadText(ref ProtobufReader reader, ProtobufMessage message) => Encoding.UTF8.GetString(reader.ReadBytes(message));

    private static ProtobufReader Open(ReadOnlySpan<byte> message) => new(message, SpanBatchLimits.Default.DepthMax);
}
