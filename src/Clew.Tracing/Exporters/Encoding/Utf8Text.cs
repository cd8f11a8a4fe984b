namespace Clew.Tracing.Exporters.Encoding;

/// <summary>Text into space that was reserved for it.</summary>
internal static class Utf8Text
{
    // UTF-16 to UTF-8 takes at most three bytes a character, a pair of surrogates four for two.
    private const int BytesMaxPerChar = 3;

    // Reserving three times a text costs nothing while it is short; a long one is measured first.
    private const int ShortLength = 1024;

    public static int BytesMax(string text) => text.Length <= ShortLength ? text.Length * BytesMaxPerChar : System.Text.Encoding.UTF8.GetByteCount(text);

    /// <summary>Half a pair of surrogates becomes U+FFFD.</summary>
    /// <returns>The bytes written at <paramref name="at"/>.</returns>
    public static int Write(Span<byte> to, int at, string text) => System.Text.Encoding.UTF8.GetBytes(text, to[at..]);
}
