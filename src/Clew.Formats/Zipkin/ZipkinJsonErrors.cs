using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>Makes the exceptions of the JSON decoder, with the ending all of Zipkin's have.</summary>
internal static class ZipkinJsonErrors
{
    private const string Ending = "reading List<Span> from json";

    public static SpanFormatException Refused(string reason, long byteOffset) => new($"{reason} {Ending}", byteOffset);

    /// <summary>A syntax error, with the absolute offset instead of the line and column that the library gives.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="start">Where the JSON text begins in it.</param>
    /// <param name="error">What the library's reader threw.</param>
    public static SpanFormatException Malformed(ReadOnlySpan<byte> payload, int start, JsonException error)
    {
        string message = error.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string detail = (place < 0 ? message : message[..place]).TrimEnd('.');
        return new SpanFormatException($"Malformed {Ending}: {detail}", OffsetOf(payload, start, error), error);
    }

    /// <summary>The name Zipkin's reader (and so its error texts) has for a token.</summary>
    public static string TokenWord(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "BEGIN_OBJECT",
        JsonTokenType.StartArray => "BEGIN_ARRAY",
        JsonTokenType.True or JsonTokenType.False => "BOOLEAN",
        JsonTokenType.Number => "NUMBER",
        JsonTokenType.Null => "NULL",
        _ => "STRING",
    };

    private static long OffsetOf(ReadOnlySpan<byte> payload, int start, JsonException error)
    {
        int offset = start;
        for (long line = 0; line < error.LineNumber; line++)
            offset += payload[offset..].IndexOf((byte)'\n') + 1;
        return offset + error.BytePositionInLine.GetValueOrDefault();
    }
}
