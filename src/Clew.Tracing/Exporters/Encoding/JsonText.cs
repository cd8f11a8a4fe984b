using System.Buffers;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>
/// JSON strings into space that was reserved for them: quoted, and escaped as far as JSON asks (RFC 8259, section 7). Most texts need no escape, which one
/// vector search finds out; that is what makes this faster than a general JSON writer.
/// </summary>
internal static class JsonText
{
    // A control character becomes \u00XX.
    private const int EscapeBytesMax = 6;

    // As with UTF-8: reserving too much costs nothing while a text is short.
    private const int ShortLength = 512;

    private static readonly SearchValues<char> EscapedChars = SearchValues.Create(Escaped());
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Escaped().Select(letter => (byte)letter)]);

    public static int BytesMax(string text) => 2 + (text.Length <= ShortLength || text.AsSpan().ContainsAny(EscapedChars)
        ? checked(text.Length * EscapeBytesMax)
        : Utf8Text.BytesMax(text));

    public static int BytesMax(ReadOnlySpan<byte> utf8) => 2 + (utf8.ContainsAny(EscapedBytes) ? checked(utf8.Length * EscapeBytesMax) : utf8.Length);

    /// <returns>Where the next thing begins.</returns>
    public static int Write(Span<byte> to, int at, string text)
    {
        to[at++] = (byte)'"';
        ReadOnlySpan<char> rest = text;
        for (int escape; (escape = rest.IndexOfAny(EscapedChars)) >= 0; rest = rest[(escape + 1)..])
        {
            at += System.Text.Encoding.UTF8.GetBytes(rest[..escape], to[at..]);
            at = WriteEscape(to, at, (byte)rest[escape]);
        }
        at += System.Text.Encoding.UTF8.GetBytes(rest, to[at..]);
        to[at] = (byte)'"';
        return at + 1;
    }

    /// <returns>Where the next thing begins.</returns>
    public static int Write(Span<byte> to, int at, ReadOnlySpan<byte> utf8)
    {
        to[at++] = (byte)'"';
        for (int escape; (escape = utf8.IndexOfAny(EscapedBytes)) >= 0; utf8 = utf8[(escape + 1)..])
        {
            at = Raw(to, at, utf8[..escape]);
            at = WriteEscape(to, at, utf8[escape]);
        }
        at = Raw(to, at, utf8);
        to[at] = (byte)'"';
        return at + 1;
    }

    /// <summary>Bytes as they are: names, brackets.</summary>
    /// <returns>Where the next thing begins.</returns>
    public static int Raw(Span<byte> to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }

    private static int WriteEscape(Span<byte> to, int at, byte letter)
    {
        to[at] = (byte)'\\';
        byte word = letter switch { (byte)'"' => letter, (byte)'\\' => letter, (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', (byte)'\t' => (byte)'t', _ => 0 };
        if (word != 0)
        {
            to[at + 1] = word;
            return at + 2;
        }
        "u00"u8.CopyTo(to[(at + 1)..]);
        Convert.TryToHexString([letter], to[(at + 4)..], out _);
        return at + EscapeBytesMax;
    }

    private static string Escaped() => string.Concat(Enumerable.Range(0, ' ').Select(code => (char)code)) + "\"\\";
}
