using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

// The texts are Zipkin's own: people and scripts search for them.
internal ref partial struct ZipkinJsonReader
{
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowRefused(string reason, int offset) => throw ZipkinJsonErrors.Refused(reason, offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIsV1(int offset) => throw new SpanFormatException("Expected a JSON_V2 encoded list, but received: JSON_V1", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowIsV2(int offset) => throw new SpanFormatException("Expected a JSON_V1 encoded list, but received: JSON_V2", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowMissingId(in SpanRow row, int offset) =>
        throw ZipkinJsonErrors.Refused($"Missing :{(row.TraceId.IsZero ? " traceId" : "")}{(row.SpanId.IsZero ? " id" : "")}", offset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowIdLength(string field, int length, int lengthMax) =>
        throw ZipkinJsonErrors.Refused(length == 0 ? $"{field} is empty" : $"{field}.length > {lengthMax}", TokenOffset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowNotHex(ReadOnlySpan<byte> text) =>
        throw ZipkinJsonErrors.Refused($"{Encoding.UTF8.GetString(text)} should be lower-hex encoded with no prefix", TokenOffset);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowExpected(string description)
    {
        if (json.TokenType == JsonTokenType.Null)
            ThrowAtPath("No value");
        ThrowAtPath($"Expected {description} but was {ZipkinJsonErrors.TokenWord(json.TokenType)}");
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowAtPath(string reason) =>
        throw ZipkinJsonErrors.Refused($"{reason} at {JsonPath.At(payload[start..], json.TokenStartIndex)}", TokenOffset);
}
