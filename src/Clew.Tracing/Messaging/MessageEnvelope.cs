using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace Clew.Tracing.Messaging;

/// <summary>
/// A context in the body, for queues whose messages have no headers: <c>{"trace":{"traceparent":"…"},"body":…}</c> around a body that is JSON itself.
/// </summary>
public static class MessageEnvelope
{
    private const string TraceMember = "trace";
    private const string BodyMember = "body";

    /// <summary>Puts a body and the context of a span together.</summary>
    /// <param name="body">UTF-8 JSON, taken as it is.</param>
    /// <param name="activity">The span that sends; the current one when null. Without one <c>trace</c> is empty.</param>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static byte[] Wrap(ReadOnlySpan<byte> body, Activity? activity = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        MessageContext.Inject(headers, activity);
        var buffer = new ArrayBufferWriter<byte>(body.Length + 128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject(TraceMember);
        foreach ((string name, string value) in headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WritePropertyName(BodyMember);
        json.WriteRawValue(body);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Takes them apart. What is no envelope is given back whole, with no context, so that messages of programs that do not wrap are read too.</summary>
    /// <param name="message">UTF-8.</param>
    /// <param name="context">The context that came in the envelope.</param>
    public static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> message, out MessageContext context)
    {
        context = new MessageContext(default, []);
        var json = new Utf8JsonReader(message.Span);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !TryReadName(ref json, TraceMember) || !json.Read() || json.TokenType != JsonTokenType.StartObject)
                return message;
            Dictionary<string, string> headers = ReadHeaders(ref json);
            if (!TryReadName(ref json, BodyMember) || !json.Read())
                return message;
            int start = (int)json.TokenStartIndex;
            json.Skip();
            int end = (int)json.BytesConsumed;
            // Nothing else may stand beside the two: then it is somebody's own object.
            if (!json.Read() || json.TokenType != JsonTokenType.EndObject)
                return message;
            context = MessageContext.Extract(headers);
            return message[start..end];
        }
        catch (JsonException)
        {
            return message;
        }
    }

    private static bool TryReadName(ref Utf8JsonReader json, string name) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name);

    private static Dictionary<string, string> ReadHeaders(ref Utf8JsonReader json)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.String)
                headers[name] = json.GetString()!;
            else
                json.Skip();
        }
        return headers;
    }
}
