namespace Clew.Server.Commands;

internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command could not do its work.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration is wrong; nothing was started.</summary>
    public const int Usage = 2;
}
