using System.Buffers.Text;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Zipkin;

// Single values: text, ids, numbers and flags. Each reads the current token and throws when it is of another kind.
internal ref partial struct ZipkinJsonReader
{
    /// <summary>The current property name, until text is next added to the arena: a name with escapes stands in its unused end.</summary>
    private readonly ReadOnlySpan<byte> PropertyName()
    {
        ReadOnlySpan<byte> name = json.ValueSpan;
        if (!json.ValueIsEscaped)
            return name;
        Span<byte> plain = builder.ReserveArena(name.Length);
        return plain[..JsonText.Unescape(name, plain)];
    }

    /// <summary>A string, or a number as its text (which Zipkin's own reader lets pass).</summary>
    private Utf8Slice ReadText()
    {
        if (json.TokenType == JsonTokenType.String)
            return TokenText();
        if (json.TokenType != JsonTokenType.Number)
            ThrowExpected("a string");
        return new Utf8Slice(TokenOffset, json.ValueSpan.Length);
    }

    /// <summary>The current string or property name: a slice of the payload, or of the arena where it has escapes.</summary>
    private readonly Utf8Slice TokenText()
    {
        ReadOnlySpan<byte> value = json.ValueSpan;
        // The value begins one byte after the token, behind its quote.
        return json.ValueIsEscaped
            ? builder.CommitArena(JsonText.Unescape(value, builder.ReserveArena(value.Length)))
            : new Utf8Slice(TokenOffset + 1, value.Length);
    }

    private TraceId ReadTraceId()
    {
        ReadOnlySpan<byte> hex = batch.Bytes(ReadText());
        if (hex.IsEmpty || hex.Length > TraceId.HexLength)
            ThrowIdLength("traceId", hex.Length, TraceId.HexLength);
        if (!TraceId.TryParse(hex, out TraceId id))
            ThrowNotHex(hex);
        if (id.IsZero)
            ThrowRefused("traceId is all zeros", TokenOffset);
        return id;
    }

    private SpanId ReadSpanId(string field)
    {
        ReadOnlySpan<byte> hex = batch.Bytes(ReadText());
        if (hex.IsEmpty || hex.Length > SpanId.HexLength)
            ThrowIdLength(field, hex.Length, SpanId.HexLength);
        if (!SpanId.TryParse(hex, out SpanId id))
            ThrowNotHex(hex);
        return id;
    }

    private SpanKind ReadKind()
    {
        ReadOnlySpan<byte> word = batch.Bytes(ReadText());
        if (word.SequenceEqual("CLIENT"u8))
            return SpanKind.Client;
        if (word.SequenceEqual("SERVER"u8))
            return SpanKind.Server;
        if (word.SequenceEqual("PRODUCER"u8))
            return SpanKind.Producer;
        if (!word.SequenceEqual("CONSUMER"u8))
            ThrowAtPath("Expected CLIENT, SERVER, PRODUCER or CONSUMER");
        return SpanKind.Consumer;
    }

    /// <summary>Microseconds as nanoseconds.</summary>
    private readonly long ReadMicros()
    {
        long micros = ReadInteger();
        if (micros is > ZipkinTime.MicrosMax or < -ZipkinTime.MicrosMax)
            ThrowAtPath("More microseconds than fit a time up to the year 2262");
        return micros * ZipkinTime.NsPerMicro;
    }

    /// <summary>A number without fraction, or a string of one.</summary>
    private readonly long ReadInteger()
    {
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
            ThrowExpected("a number");
        ReadOnlySpan<byte> text = json.ValueSpan;
        if (Utf8Parser.TryParse(text, out long value, out int used) && used == text.Length)
            return value;
        // Some languages have only floating-point numbers and write 1.0 or 1e3.
        if (!Utf8Parser.TryParse(text, out decimal number, out used, 'e') && !Utf8Parser.TryParse(text, out number, out used)
            || used != text.Length || number != decimal.Truncate(number) || number is > long.MaxValue or < long.MinValue)
        {
            ThrowAtPath("Expected a whole number of 64 bits");
        }
        return (long)number;
    }

    private readonly SpanTraits ReadFlag(SpanTraits traits, SpanTraits flag)
    {
        if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            ThrowExpected("a boolean");
        return json.TokenType == JsonTokenType.True ? traits | flag : traits & ~flag;
    }

    private readonly void Require(JsonTokenType type, string description)
    {
        if (json.TokenType != type)
            ThrowExpected(description);
    }
}
