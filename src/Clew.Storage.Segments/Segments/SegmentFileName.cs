using System.Globalization;

namespace Clew.Storage.Segments.Segments;

/// <summary>Names of segment files: the number in hexadecimal of fixed width, so that their ordinal order is that of the numbers.</summary>
internal static class SegmentFileName
{
    public const string Extension = ".seg";

    /// <summary>A segment that is being written, or whose writing was cut off: never read.</summary>
    public const string UnfinishedExtension = ".tmp";

    private const int Digits = 16;

    public static string Of(long number) => $"{number:x16}{Extension}";

    public static string Unfinished(long number) => $"{number:x16}{UnfinishedExtension}";

    public static bool TryParse(string name, out long number)
    {
        number = 0;
        return name.Length == Digits + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && !name.AsSpan(0, Digits).ContainsAnyInRange('A', 'F')
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number >= 0;
    }
}
