using System.Text;
using System.Text.Unicode;

namespace Clew.Storage.Segments;

/// <summary>
/// Texts as they are kept. Bytes of a sender's text that are not UTF-8 read as U+FFFD (<see cref="Model.SpanReader"/>), so that is what is stored: texts that read alike
/// are alike byte by byte.
/// </summary>
internal static class Utf8Text
{
    /// <summary>The bytes themselves where they are UTF-8, which is nearly always.</summary>
    public static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) ? utf8 : Repair(utf8);

    public static byte[] Repair(ReadOnlySpan<byte> broken) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(broken));
}
