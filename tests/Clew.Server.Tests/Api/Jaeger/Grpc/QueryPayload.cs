using System.Buffers;
using Clew.Model;
using Clew.Server.Receivers;

namespace Clew.Server.Tests.Api.Jaeger.Grpc;

/// <summary>Requests of Jaeger's query services, made by hand.</summary>
internal static class QueryPayload
{
    public static byte[] Message(Action<ArrayBufferWriter<byte>> write)
    {
        var message = new ArrayBufferWriter<byte>();
        write(message);
        return message.WrittenSpan.ToArray();
    }

    public static byte[] Time(long ns) => Message(time =>
    {
        time.WriteInt64(1, ns / 1_000_000_000);
        time.WriteInt64(2, ns % 1_000_000_000);
    });

    public static byte[] TraceIdBytes(TraceId id)
    {
        byte[] bytes = new byte[16];
        id.WriteBytes(bytes);
        return bytes;
    }

    /// <summary><c>{1: TraceQueryParameters}</c>, the same for both services.</summary>
    public static byte[] Find(
        string service = "", string operation = "", (string Key, string Value)[]? tags = null, long? minNs = null, long? maxNs = null, long durationMinNs = 0, int depth = 0, bool raw = false) =>
        Message(request => request.WriteMessage(1, Message(query =>
        {
            query.WriteString(1, service);
            query.WriteString(2, operation);
            foreach ((string key, string value) in tags ?? [])
            {
                query.WriteMessage(3, Message(entry =>
                {
                    entry.WriteString(1, key);
                    entry.WriteString(2, value);
                }));
            }
            if (minNs is { } min)
                query.WriteMessage(4, Time(min));
            if (maxNs is { } max)
                query.WriteMessage(5, Time(max));
            if (durationMinNs != 0)
                query.WriteMessage(6, Time(durationMinNs));
            query.WriteInt64(8, depth);
            query.WriteInt64(9, raw ? 1 : 0);
        })));

    /// <summary>A search of api_v3 with a structured filter: an operator and its operands, each an <c>Expression</c>.</summary>
    public static byte[] Filter(long minNs, long maxNs, string name, params byte[][] operands) =>
        Message(request => request.WriteMessage(1, Message(query =>
        {
            query.WriteMessage(4, Time(minNs));
            query.WriteMessage(5, Time(maxNs));
            query.WriteMessage(10, Call(name, operands));
        })));

    public static byte[] Call(string name, params byte[][] operands) => Message(call =>
    {
        call.WriteString(1, name);
        foreach (byte[] operand in operands)
            call.WriteMessage(2, operand);
    });

    /// <summary>An <c>Expression</c> whose term stands under <paramref name="field"/>.</summary>
    public static byte[] Term(int field, string first, string second = "") => Message(expression => expression.WriteMessage(field, Message(term =>
    {
        term.WriteString(1, first);
        term.WriteString(2, second);
    })));

    public static byte[] Nested(byte[] call) => Message(expression => expression.WriteMessage(6, call));
}
