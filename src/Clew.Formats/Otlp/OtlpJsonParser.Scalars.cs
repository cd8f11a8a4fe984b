using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Texts, numbers, enums and identifiers.</summary>
internal ref partial struct OtlpJsonParser
{
    // Lengths of 16 and 8 bytes in padded base64. Hex ids have 32 or 16 digits and never end with '=', so neither can be taken for the other.
    private const int Base64TraceIdLength = 24;
    private const int Base64SpanIdLength = 12;

    /// <summary>A slice of the payload where it stands as it is, of the arena where it is escaped.</summary>
    private Utf8Slice ReadText()
    {
        if (reader.TokenType != JsonTokenType.String)
            ThrowUnexpected("string");
        int length = reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped)
            return new Utf8Slice(Offset + 1, length);
        return builder.CommitArena(Unescape(builder.ReserveArena(length)));
    }

    private int Unescape(scoped Span<byte> destination)
    {
        try
        {
            return reader.CopyString(destination);
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair as an escape, which has no UTF-8 form.
            throw new SpanFormatException($"text that is not Unicode in {Field}", Offset, exception);
        }
    }

    private bool ReadBool()
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            ThrowUnexpected("true or false");
        return reader.TokenType == JsonTokenType.True;
    }

    private long ReadInt64()
    {
        ReadOnlySpan<byte> text = NumberText();
        if (Utf8Parser.TryParse(text, out long value, out int read) && read == text.Length)
            return value;
        decimal whole = ParseWholeNumber(text);
        if (whole is < long.MinValue or > long.MaxValue)
            ThrowUnexpected("64-bit integer");
        return (long)whole;
    }

    private ulong ReadUInt64()
    {
        ReadOnlySpan<byte> text = NumberText();
        if (Utf8Parser.TryParse(text, out ulong value, out int read) && read == text.Length)
            return value;
        decimal whole = ParseWholeNumber(text);
        if (whole is < ulong.MinValue or > ulong.MaxValue)
            ThrowUnexpected("unsigned 64-bit integer");
        return (ulong)whole;
    }

    // 1.5e9 and 2.0 are integers in protobuf's JSON mapping; decimal holds all of 64 bits exactly.
    private readonly decimal ParseWholeNumber(ReadOnlySpan<byte> text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) || !decimal.IsInteger(value))
            ThrowUnexpected("whole number");
        return value;
    }

    private long ReadTimeNs() => (long)ReadUInt64();

    private uint ReadUInt32()
    {
        ulong value = ReadUInt64();
        if (value > uint.MaxValue)
            ThrowUnexpected("unsigned 32-bit integer");
        return (uint)value;
    }

    private double ReadDouble()
    {
        // Takes protobuf's spellings of NaN and the infinities too.
        if (!double.TryParse(NumberText(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            ThrowUnexpected("number");
        return value;
    }

    private SpanKind ReadKind()
    {
        if (reader.TokenType != JsonTokenType.String)
            return OtlpRules.Kind(ReadEnum());
        return reader.ValueTextEquals("SPAN_KIND_INTERNAL"u8) ? SpanKind.Internal
            : reader.ValueTextEquals("SPAN_KIND_SERVER"u8) ? SpanKind.Server
            : reader.ValueTextEquals("SPAN_KIND_CLIENT"u8) ? SpanKind.Client
            : reader.ValueTextEquals("SPAN_KIND_PRODUCER"u8) ? SpanKind.Producer
            : reader.ValueTextEquals("SPAN_KIND_CONSUMER"u8) ? SpanKind.Consumer
            : SpanKind.Unspecified;
    }

    private StatusCode ReadStatusCode()
    {
        if (reader.TokenType != JsonTokenType.String)
            return OtlpRules.Status(ReadEnum());
        return reader.ValueTextEquals("STATUS_CODE_OK"u8) ? StatusCode.Ok
            : reader.ValueTextEquals("STATUS_CODE_ERROR"u8) ? StatusCode.Error
            : StatusCode.Unset;
    }

    // Negative numbers are unknown values like any other: as unsigned they are large.
    private ulong ReadEnum() => (ulong)ReadInt64();

    private TraceId ReadTraceId()
    {
        ReadOnlySpan<byte> text = batch.Bytes(ReadText());
        TraceId id = default;
        bool valid = text.Length switch
        {
            0 => true,
            TraceId.HexLength or SpanId.HexLength => TraceId.TryParse(text, out id),
            Base64TraceIdLength => TryDecodeId(text, stackalloc byte[16], out ReadOnlySpan<byte> bytes) && TraceId.TryFromBytes(bytes, out id),
            _ => false,
        };
        if (!valid)
            ThrowUnexpected("trace id of 32 hex digits");
        return id;
    }

    private SpanId ReadSpanId()
    {
        ReadOnlySpan<byte> text = batch.Bytes(ReadText());
        SpanId id = default;
        bool valid = text.Length switch
        {
            0 => true,
            SpanId.HexLength => SpanId.TryParse(text, out id),
            Base64SpanIdLength => TryDecodeId(text, stackalloc byte[8], out ReadOnlySpan<byte> bytes) && SpanId.TryFromBytes(bytes, out id),
            _ => false,
        };
        if (!valid)
            ThrowUnexpected("span id of 16 hex digits");
        return id;
    }

    private static bool TryDecodeId(ReadOnlySpan<byte> base64, Span<byte> destination, out ReadOnlySpan<byte> bytes)
    {
        bool decoded = Base64.DecodeFromUtf8(base64, destination, out _, out int written) == System.Buffers.OperationStatus.Done;
        bytes = destination[..written];
        return decoded;
    }

    /// <summary>A number, or the string that stands for one.</summary>
    private ReadOnlySpan<byte> NumberText()
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.ValueSpan;
        if (reader.TokenType != JsonTokenType.String)
            ThrowUnexpected("number");
        return batch.Bytes(ReadText());
    }
}
