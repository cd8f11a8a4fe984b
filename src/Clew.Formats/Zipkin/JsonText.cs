using System.Globalization;
using System.Text;

namespace Clew.Formats.Zipkin;

/// <summary>
/// Takes the escapes out of JSON text that <see cref="System.Text.Json.Utf8JsonReader"/> has found well-formed. The reader's own method refuses halves of
/// surrogate pairs, which clients do send (text cut in the middle of an emoji); here they read as U+FFFD.
/// </summary>
internal static class JsonText
{
    /// <summary>Writes the plain text, which is never longer than the escaped one, and returns its length in bytes.</summary>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                escaped.CopyTo(destination[written..]);
                return written + escaped.Length;
            }
            escaped[..plain].CopyTo(destination[written..]);
            written += plain;
            escaped = escaped[plain..];
            int used = 2;
            if (escaped[1] == 'u')
                written += CodePoint(escaped, out used).EncodeToUtf8(destination[written..]);
            else
                destination[written++] = Plain(escaped[1]);
            escaped = escaped[used..];
        }
    }

    private static byte Plain(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    /// <summary>The code point of one <c>\uXXXX</c>, or of two that make a pair.</summary>
    private static Rune CodePoint(ReadOnlySpan<byte> escaped, out int used)
    {
        used = 6;
        char first = CodeUnit(escaped);
        if (Rune.TryCreate(first, out Rune single))
            return single;
        if (escaped.Length >= 12 && escaped[6] == '\\' && escaped[7] == 'u' && Rune.TryCreate(first, CodeUnit(escaped[6..]), out Rune pair))
        {
            used = 12;
            return pair;
        }
        return Rune.ReplacementChar;
    }

    private static char CodeUnit(ReadOnlySpan<byte> escaped) =>
        (char)ushort.Parse(escaped.Slice(2, 4), NumberStyles.AllowHexSpecifier);
}
