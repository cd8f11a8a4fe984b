using System.Buffers;
using System.Buffers.Text;

namespace Clew.Storage.Segments;

/// <summary>Numbers stand in files: they are never changed or used again.</summary>
internal enum TextShapeKind : byte
{
    None = 0,

    /// <summary>Lower-case hex with dashes, 8-4-4-4-12.</summary>
    Uuid = 1,

    /// <summary>Lower-case hex digits, an even number of them.</summary>
    Hex = 2,

    /// <summary>A 64-bit integer as .NET writes it: no leading zeros, no plus, no negative zero.</summary>
    Decimal = 3,
}

/// <summary>What all texts of a column have in common that lets them be kept in binary and written out again exactly as they were.</summary>
/// <param name="Kind">The form.</param>
/// <param name="TextBytes">Bytes of every text; 0 where they differ (<see cref="TextShapeKind.Decimal"/>).</param>
internal readonly record struct TextShape(TextShapeKind Kind, int TextBytes)
{
    /// <summary>The longest text of a shape: 64 bytes in hex.</summary>
    public const int TextBytesMax = FixedBytesColumn.WidthMax * 2;

    private const int UuidTextBytes = 36, UuidBytes = 16;

    /// <summary>Bytes of a text in binary.</summary>
    public int EncodedBytes => Kind switch
    {
        TextShapeKind.Uuid => UuidBytes,
        TextShapeKind.Hex => TextBytes / 2,
        TextShapeKind.Decimal => sizeof(long),
        _ => 0,
    };

    /// <summary>The shape that all values have; <see cref="TextShapeKind.None"/> when there is none, or no value.</summary>
    public static TextShape Detect(ValueDictionary values)
    {
        if (values.Count == 0)
            return default;
        TextShape shape = Of(values[0]);
        Span<byte> encoded = stackalloc byte[TextBytesMax];
        for (uint code = 0; code < values.Count && shape.Kind != TextShapeKind.None; code++)
        {
            if (shape.TryEncode(values[code], encoded))
                continue;
            // Hex texts can all be digits; the next one that is not says more about the column.
            shape = shape.Kind == TextShapeKind.Decimal ? Retry(values, encoded) : default;
            break;
        }
        return shape;
    }

    /// <summary>Writes the text in binary; false when it is not of this shape.</summary>
    public bool TryEncode(ReadOnlySpan<byte> text, Span<byte> destination) => Kind switch
    {
        TextShapeKind.Uuid => TryEncodeUuid(text, destination),
        TextShapeKind.Hex => text.Length == TextBytes && TryEncodeHex(text, destination),
        TextShapeKind.Decimal => TryReadDecimal(text, out long value) && BitConverter.TryWriteBytes(destination, value),
        _ => false,
    };

    /// <summary>Writes the text of a uuid or hex value; its <see cref="TextBytes"/> bytes.</summary>
    public void Decode(ReadOnlySpan<byte> encoded, Span<byte> text)
    {
        if (Kind == TextShapeKind.Hex)
        {
            Convert.TryToHexStringLower(encoded, text, out _);
            return;
        }
        Span<byte> digits = stackalloc byte[UuidBytes * 2];
        Convert.TryToHexStringLower(encoded, digits, out _);
        digits[..8].CopyTo(text);
        digits[8..12].CopyTo(text[9..]);
        digits[12..16].CopyTo(text[14..]);
        digits[16..20].CopyTo(text[19..]);
        digits[20..].CopyTo(text[24..]);
        text[8] = text[13] = text[18] = text[23] = (byte)'-';
    }

    /// <summary>Reads an integer that would be written as exactly this text.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        int digits = text.Length > 1 && text[0] == '-' ? 1 : 0;
        bool canonical = text.Length > digits && (text[digits] is >= (byte)'1' and <= (byte)'9' || (text.Length == 1 && text[0] == '0'));
        return canonical && Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    /// <summary>The shape of one text.</summary>
    public static TextShape Of(ReadOnlySpan<byte> text)
    {
        Span<byte> encoded = stackalloc byte[TextBytesMax];
        if (TryEncodeUuid(text, encoded))
            return new TextShape(TextShapeKind.Uuid, UuidTextBytes);
        if (TryReadDecimal(text, out _))
            return new TextShape(TextShapeKind.Decimal, 0);
        return OfHex(text, encoded);
    }

    private static TextShape OfHex(ReadOnlySpan<byte> text, Span<byte> encoded) =>
        text.Length is > 0 and <= TextBytesMax && text.Length % 2 == 0 && TryEncodeHex(text, encoded) ? new TextShape(TextShapeKind.Hex, text.Length) : default;

    private static TextShape Retry(ValueDictionary values, Span<byte> encoded)
    {
        TextShape hex = OfHex(values[0], encoded);
        for (uint code = 1; code < values.Count; code++)
        {
            if (!hex.TryEncode(values[code], encoded))
                return default;
        }
        return hex;
    }

    private static bool TryEncodeUuid(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.Length != UuidTextBytes || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
            return false;
        Span<byte> digits = stackalloc byte[UuidBytes * 2];
        text[..8].CopyTo(digits);
        text[9..13].CopyTo(digits[8..]);
        text[14..18].CopyTo(digits[12..]);
        text[19..23].CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        return TryEncodeHex(digits, destination);
    }

    private static bool TryEncodeHex(ReadOnlySpan<byte> digits, Span<byte> destination) =>
        !digits.ContainsAnyInRange((byte)'A', (byte)'F') && Convert.FromHexString(digits, destination, out _, out _) == OperationStatus.Done;
}
