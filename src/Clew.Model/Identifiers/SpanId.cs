using System.Buffers.Binary;

namespace Clew.Model;

/// <summary>A 64-bit span identifier; zero means "none" (no parent) and is invalid as a span's own identifier.</summary>
public readonly record struct SpanId(ulong Value) : IComparable<SpanId>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>Length of the hex form in digits.</summary>
    public const int HexLength = 16;

    public bool IsZero => Value == 0;

    /// <summary>Reads 1 to 16 hex digits of either case; short forms are padded on the left, as old clients print them.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out SpanId id)
    {
        bool parsed = Hex.TryParse(hex, out ulong value);
        id = new SpanId(value);
        return parsed;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out SpanId)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8Hex, out SpanId id)
    {
        bool parsed = Hex.TryParse(utf8Hex, out ulong value);
        id = new SpanId(value);
        return parsed;
    }

    /// <exception cref="FormatException">Not 1 to 16 hex digits.</exception>
    public static SpanId Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out SpanId id) ? id : throw new FormatException($"'{hex}' is not a span id of 1 to 16 hex digits.");

    /// <summary>Reads exactly 8 big-endian bytes.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        bool fits = bytes.Length == 8;
        id = fits ? new SpanId(Hex.ReadBigEndian(bytes)) : default;
        return fits;
    }

    /// <summary>Writes the 8 big-endian bytes.</summary>
    public void WriteBytes(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, Value);

    public int CompareTo(SpanId other) => Value.CompareTo(other.Value);

    /// <summary>16 lower-case hex digits.</summary>
    public override string ToString() => string.Create(HexLength, Value, static (chars, value) => Hex.Write(value, chars));

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        charsWritten = destination.Length < HexLength ? 0 : HexLength;
        if (charsWritten == 0)
            return false;
        Hex.Write(Value, destination);
        return true;
    }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        bytesWritten = utf8Destination.Length < HexLength ? 0 : HexLength;
        if (bytesWritten == 0)
            return false;
        Hex.Write(Value, utf8Destination);
        return true;
    }

    public static bool operator <(SpanId left, SpanId right) => left.Value < right.Value;

    public static bool operator >(SpanId left, SpanId right) => left.Value > right.Value;

    public static bool operator <=(SpanId left, SpanId right) => left.Value <= right.Value;

    public static bool operator >=(SpanId left, SpanId right) => left.Value >= right.Value;
}
