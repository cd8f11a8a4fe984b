namespace Clew.Tracing.Messaging;

/// <summary>How a propagator looks into the headers of messages.</summary>
internal static class MessageHeaders
{
    public static void FromObjects(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        value = ((IDictionary<string, object?>)carrier!).TryGetValue(name, out object? header) ? Text(header) : null;
    }

    public static void FromTexts(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        ((IDictionary<string, string>)carrier!).TryGetValue(name, out value);
    }

    public static void FromBytes(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        values = null;
        value = ((IDictionary<string, byte[]>)carrier!).TryGetValue(name, out byte[]? header) ? Text(header) : null;
    }

    /// <summary>AMQP's long strings arrive as bytes. Null for what is no text.</summary>
    public static string? Text(object? header) => header switch
    {
        string text => text,
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        ReadOnlyMemory<byte> memory => System.Text.Encoding.UTF8.GetString(memory.Span),
        _ => null,
    };
}
