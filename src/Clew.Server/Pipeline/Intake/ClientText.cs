namespace Clew.Server.Pipeline.Intake;

/// <summary>What clients say of themselves, at a bearable length.</summary>
internal static class ClientText
{
    public const int CharsMax = 120;

    public static string Of(string? userAgent) =>
        userAgent is null ? "" : userAgent.Length > CharsMax ? userAgent[..CharsMax] : userAgent;
}
