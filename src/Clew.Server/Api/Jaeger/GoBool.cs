namespace Clew.Server.Api.Jaeger;

/// <summary>Booleans as Go's <c>strconv.ParseBool</c> takes them.</summary>
internal static class GoBool
{
    /// <exception cref="FormatException">Anything else; the message is what Go says.</exception>
    public static bool Parse(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new FormatException(GoText.InvalidSyntax("ParseBool", text)),
    };
}
