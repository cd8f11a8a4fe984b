using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Reads a Zipkin v2 JSON list of spans. More tolerant than Zipkin: leading white space and a byte order mark are skipped and ids may be in
/// upper case. Names keep their case: Zipkin's lower-casing happens on output. Errors carry Zipkin's texts, which end in
/// <c>reading List&lt;Span&gt; from json</c>, followed by the byte offset.
/// </summary>
internal static class ZipkinV2JsonDecoder
{
    // Distinct endpoints and services of one request are few; 64 slots keep nearly all of them for 512 bytes of stack.
    private const int RecentRows = 64;

    /// <summary>Reads <paramref name="payload"/> into the batch that <paramref name="builder"/> has started over it.</summary>
    /// <exception cref="SpanFormatException">Not a v2 list, or something in it is not as Zipkin asks; the reason says what, with its JSON path.</exception>
    public static void Decode(ReadOnlyMemory<byte> payload, SpanBatchBuilder builder)
    {
        int start = ListStart(payload.Span);
        var reader = new ZipkinV2JsonReader(payload.Span, start, builder, stackalloc int[RecentRows], stackalloc int[RecentRows]);
        try
        {
            reader.ReadList();
        }
        catch (JsonException e)
        {
            throw ZipkinJsonErrors.Malformed(payload.Span, start, e);
        }
    }

    private static int ListStart(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> byteOrderMark = "\uFEFF"u8;
        int start = payload.StartsWith(byteOrderMark) ? byteOrderMark.Length : 0;
        int skipped = payload[start..].IndexOfAnyExcept(" \t\r\n"u8);
        if (skipped < 0 || payload[start + skipped] != '[')
            throw new SpanFormatException("Expected a JSON_V2 encoded list", skipped < 0 ? payload.Length : start + skipped);
        return start;
    }
}
