using System.Globalization;

namespace Clew.Server.Pipeline.Intake;

/// <summary>Bytes for people to look at.</summary>
internal static class HexDump
{
    private const int BytesPerLine = 16;

    /// <summary>Sixteen bytes a line: offset, hexadecimal, and what is printable.</summary>
    public static IEnumerable<(string Offset, string Hex, string Text)> Lines(ReadOnlyMemory<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += BytesPerLine)
        {
            ReadOnlyMemory<byte> line = bytes.Slice(start, Math.Min(BytesPerLine, bytes.Length - start));
            yield return (start.ToString("x4", CultureInfo.InvariantCulture), BitConverter.ToString(line.ToArray()).Replace('-', ' ').ToLowerInvariant(), Printable(line.Span));
        }
    }

    /// <summary>Printable ASCII as it is, every other byte as a dot.</summary>
    public static string Printable(ReadOnlySpan<byte> bytes) => string.Create(bytes.Length, bytes, static (text, source) =>
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = source[i] is >= 0x20 and < 0x7F ? (char)source[i] : '.';
    });
}
