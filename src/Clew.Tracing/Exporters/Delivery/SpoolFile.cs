using System.Globalization;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>
/// A spooled request's name: its place in the order first, so that names sort as requests were made; then which process's spool wrote it, so
/// that no two write the same; then its number of spans, so that the loss of a file can be counted without reading it.
/// </summary>
internal sealed record SpoolFile(long Stamp, string Writer, int SpanCount)
{
    public const string Extension = ".request";

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Stamp:x16}-{Writer}-{SpanCount}{Extension}");

    /// <summary>False for a file that is not the spool's; it is left alone.</summary>
    public static bool TryParse(string name, out SpoolFile? file)
    {
        file = null;
        if (!name.EndsWith(Extension, StringComparison.Ordinal))
            return false;
        string[] parts = name[..^Extension.Length].Split('-');
        if (parts is not [{ Length: 16 } stamp, { Length: > 0 } writer, var count]
            || !long.TryParse(stamp, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long order)
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int spans))
            return false;
        file = new SpoolFile(order, writer, spans);
        return true;
    }
}
