using System.Text.Json;
using Clew.Formats.Zipkin.V1;
using Clew.Model;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Reads a Zipkin JSON list of spans, v2 or v1. More tolerant than Zipkin: leading white space and a byte order mark are skipped and ids may be in
/// upper case. Names keep their case: Zipkin's lower-casing happens on output. Errors carry Zipkin's texts, which end in
/// <c>reading List&lt;Span&gt; from json</c>, followed by the byte offset.
/// </summary>
internal static class ZipkinJsonDecoder
{
    /// <summary>Decodes the payload the builder was started with.</summary>
    /// <exception cref="SpanFormatException">Not a v2 list, or something in it is not as Zipkin asks; the reason says what, with its JSON path.</exception>
    public static void DecodeV2(SpanBatchBuilder builder)
    {
        ReadOnlySpan<byte> payload = builder.Batch.Payload.Span;
        int start = ListStart(payload, "JSON_V2");
        var rows = new ZipkinRows(builder, stackalloc int[ZipkinRows.RecentMax], stackalloc int[ZipkinRows.RecentMax]);
        var reader = new ZipkinJsonReader(payload, start, builder, rows);
        try
        {
            reader.ReadList();
        }
        catch (JsonException e)
        {
            throw ZipkinJsonErrors.Malformed(payload, start, e);
        }
    }

    /// <inheritdoc cref="DecodeV2"/>
    public static void DecodeV1(SpanBatchBuilder builder)
    {
        ReadOnlySpan<byte> payload = builder.Batch.Payload.Span;
        int start = ListStart(payload, "JSON_V1");
        var rows = new ZipkinRows(builder, stackalloc int[ZipkinRows.RecentMax], stackalloc int[ZipkinRows.RecentMax]);
        var reader = new ZipkinJsonReader(payload, start, builder, rows);
        using ZipkinV1Converter converter = ZipkinV1Converter.Rent(builder.Batch);
        try
        {
            reader.ReadV1List(converter);
        }
        catch (JsonException e)
        {
            throw ZipkinJsonErrors.Malformed(payload, start, e);
        }
    }

    /// <summary>Offset of the first byte behind a byte order mark.</summary>
    public static int TextStart(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> byteOrderMark = "\uFEFF"u8;
        return payload.StartsWith(byteOrderMark) ? byteOrderMark.Length : 0;
    }

    private static int ListStart(ReadOnlySpan<byte> payload, string format)
    {
        int start = TextStart(payload);
        int skipped = payload[start..].IndexOfAnyExcept(" \t\r\n"u8);
        if (skipped < 0 || payload[start + skipped] != '[')
            throw new SpanFormatException($"Expected a {format} encoded list", skipped < 0 ? payload.Length : start + skipped);
        return start;
    }
}
