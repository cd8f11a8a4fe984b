using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>Moves through objects and arrays, keeping track of the field for errors.</summary>
internal ref partial struct OtlpJsonParser
{
    /// <summary>Room for the longest name of a field, in either spelling; longer names are of unknown fields.</summary>
    public const int NameCharsMax = 32;

    // An escape takes six bytes for a character.
    private const int NameEscapedBytesMax = 6 * NameCharsMax;

    // Objects and arrays around an attribute's value are 12 deep at most (of an event), a level of lists within it adds 4.
    private const int JsonDepthAroundValues = 16;
    private const int JsonDepthPerValue = 4;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly SpanBatchBuilder builder;
    private readonly SpanBatch batch;
    private readonly int depthMax;
    private readonly int payloadStart;
    private readonly Span<char> nameBuffer;
    private Utf8JsonReader reader;
    private string message = "";
    private int nameLength;

    /// <param name="payload">The request.</param>
    /// <param name="builder">Takes the rows.</param>
    /// <param name="nameBuffer"><see cref="NameCharsMax"/> characters to read names into.</param>
    public OtlpJsonParser(ReadOnlySpan<byte> payload, SpanBatchBuilder builder, Span<char> nameBuffer)
    {
        this.builder = builder;
        this.nameBuffer = nameBuffer;
        batch = builder.Batch;
        depthMax = builder.Limits.DepthMax;
        payloadStart = payload.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        reader = new Utf8JsonReader(payload[payloadStart..], new JsonReaderOptions { MaxDepth = JsonDepthAroundValues + JsonDepthPerValue * depthMax });
    }

    /// <summary>How far the payload was understood.</summary>
    public readonly int BytesRead => payloadStart + (int)reader.BytesConsumed;

    /// <summary>Where the current token begins in the payload.</summary>
    private readonly int Offset => payloadStart + (int)reader.TokenStartIndex;

    private readonly string Field => $"{message}.{nameBuffer[..nameLength]}";

    /// <summary>The current token must begin an object.</summary>
    private readonly void BeginObject(string ofMessage)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new SpanFormatException($"{reader.TokenType} where the object {ofMessage} should be", Offset);
    }

    private readonly void BeginArray()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            ThrowUnexpected("array");
    }

    /// <summary>
    /// Moves to the value of the object's next field; false at the object's end. Fields that are null are passed over. The name is in lowerCamelCase
    /// whichever way it was written, and empty for one too long to be known; it holds until the next call.
    /// </summary>
    private bool NextField(string ofMessage, out ReadOnlySpan<char> name)
    {
        message = ofMessage;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            nameLength = ReadName();
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            name = nameBuffer[..nameLength];
            return true;
        }
        name = default;
        return false;
    }

    /// <summary>Moves to the array's next item; false at the array's end.</summary>
    private bool NextItem() => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Moves into the array's next object, passing over nulls; false at the array's end.</summary>
    private bool NextObject(string ofMessage)
    {
        while (NextItem())
        {
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            BeginObject(ofMessage);
            return true;
        }
        return false;
    }

    private int ReadName()
    {
        ReadOnlySpan<byte> utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped && utf8.Length <= NameEscapedBytesMax)
        {
            Span<byte> unescaped = stackalloc byte[NameEscapedBytesMax];
            return ReadName(unescaped[..Unescape(unescaped)]);
        }
        return ReadName(utf8);
    }

    private readonly int ReadName(scoped ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > NameCharsMax)
            return 0;
        int length = 0;
        bool capital = false;
        foreach (byte c in utf8)
        {
            if (c == '_')
            {
                capital = true;
                continue;
            }
            nameBuffer[length++] = capital ? char.ToUpperInvariant((char)c) : (char)c;
            capital = false;
        }
        return length;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowUnexpected(string wanted) => throw new SpanFormatException($"{wanted} expected in {Field}, found {reader.TokenType}", Offset);
}
