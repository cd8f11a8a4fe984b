using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>
/// Reads OTLP's <c>ExportTraceServiceRequest</c> as JSON (OTLP specification, "JSON Protobuf Encoding"): hex ids, 64-bit integers as
/// strings or numbers, enums as numbers or names, unknown keys ignored, null as absent.
/// </summary>
/// <remarks>
/// Wider than the specification where nothing becomes ambiguous, because senders are: keys may be in the <c>.proto</c> files' snake_case, ids
/// in the base64 that generic protobuf libraries write, and the payload may begin with a byte order mark.
/// </remarks>
public static class OtlpJsonDecoder
{
    /// <inheritdoc cref="OtlpProtobufDecoder.Decode"/>
    public static void Decode(ReadOnlyMemory<byte> payload, SpanBatchBuilder builder)
    {
        var parser = new OtlpJsonParser(payload.Span, builder, stackalloc char[OtlpJsonParser.NameCharsMax]);
        try
        {
            parser.ReadRequest();
        }
        catch (JsonException exception)
        {
            throw new SpanFormatException("malformed JSON", parser.BytesRead, exception);
        }
    }
}
