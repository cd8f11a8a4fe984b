namespace Clew.Server.Api.Jaeger;

/// <summary>What Go's standard library prints in its error messages, which clients of Jaeger's API get to see.</summary>
internal static class GoText
{
    /// <summary>Text in double quotes, with quotes and backslashes escaped.</summary>
    public static string Quote(ReadOnlySpan<char> text) => $"\"{text.ToString().Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    /// <summary>The error of <c>strconv.<paramref name="function"/></c> for text that is not of the wanted form.</summary>
    public static string InvalidSyntax(string function, ReadOnlySpan<char> text) => $"strconv.{function}: parsing {Quote(text)}: invalid syntax";

    /// <summary>The error of <c>strconv.<paramref name="function"/></c> for a number that does not fit.</summary>
    public static string OutOfRange(string function, ReadOnlySpan<char> text) => $"strconv.{function}: parsing {Quote(text)}: value out of range";
}
