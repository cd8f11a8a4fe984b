namespace Clew.Server.Web;

/// <summary>The text of a hover card: a title and lines in one attribute, divided by <c>|</c>.</summary>
internal static class TipText
{
    /// <summary>Names come from clients: their own bars must not become lines.</summary>
    public static string Of(params string?[] lines) =>
        string.Join('|', lines.Where(line => !string.IsNullOrEmpty(line)).Select(line => line!.Replace('|', '¦')));
}
