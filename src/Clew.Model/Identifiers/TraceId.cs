using System.Buffers.Binary;

namespace Clew.Model;

/// <summary>
/// A 128-bit trace identifier. 64-bit identifiers (older Zipkin and Jaeger clients) have <see cref="High"/> = 0.
/// The zero identifier is invalid on the wire (W3C Trace Context §3.2.2.3).
/// </summary>
public readonly record struct TraceId(ulong High, ulong Low) : IComparable<TraceId>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>Length of the full hex form in digits.</summary>
    public const int HexLength = 32;

    public bool IsZero => (High | Low) == 0;

    /// <summary>Reads 1 to 32 hex digits of either case; short forms are padded on the left, as old clients print them.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out TraceId id) => TryParseHalves(hex, out id);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out TraceId)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8Hex, out TraceId id) => TryParseHalves(utf8Hex, out id);

    /// <exception cref="FormatException">Not 1 to 32 hex digits.</exception>
    public static TraceId Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out TraceId id) ? id : throw new FormatException($"'{hex}' is not a trace id of 1 to 32 hex digits.");

    /// <summary>Reads 16 big-endian bytes, or 8 for a 64-bit identifier.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        switch (bytes.Length)
        {
            case 16:
                id = new TraceId(Hex.ReadBigEndian(bytes), Hex.ReadBigEndian(bytes[8..]));
                return true;
            case 8:
                id = new TraceId(0, Hex.ReadBigEndian(bytes));
                return true;
            default:
                id = default;
                return false;
        }
    }

    /// <summary>Writes the 16 big-endian bytes.</summary>
    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    public int CompareTo(TraceId other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => string.Create(HexLength, this, static (chars, id) => id.Write(chars));

    /// <summary>16 digits for a 64-bit identifier, else 32: the form Jaeger and Zipkin print.</summary>
    public string ToShortString() => High == 0 ? new SpanId(Low).ToString() : ToString();

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        charsWritten = destination.Length < HexLength ? 0 : HexLength;
        if (charsWritten == 0)
            return false;
        Write(destination);
        return true;
    }

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        bytesWritten = utf8Destination.Length < HexLength ? 0 : HexLength;
        if (bytesWritten == 0)
            return false;
        Hex.Write(High, utf8Destination);
        Hex.Write(Low, utf8Destination[16..]);
        return true;
    }

    public static bool operator <(TraceId left, TraceId right) => left.CompareTo(right) < 0;

    public static bool operator >(TraceId left, TraceId right) => left.CompareTo(right) > 0;

    public static bool operator <=(TraceId left, TraceId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TraceId left, TraceId right) => left.CompareTo(right) >= 0;

    private void Write(Span<char> destination)
    {
        Hex.Write(High, destination);
        Hex.Write(Low, destination[16..]);
    }

    private static bool TryParseHalves<TChar>(ReadOnlySpan<TChar> hex, out TraceId id) where TChar : unmanaged, IConvertible
    {
        id = default;
        ulong high = 0;
        if (hex.Length > HexLength)
            return false;
        if (hex.Length > 16)
        {
            if (!Hex.TryParse(hex[..^16], out high))
                return false;
            hex = hex[^16..];
        }
        if (!Hex.TryParse(hex, out ulong low))
            return false;
        id = new TraceId(high, low);
        return true;
    }
}
