using System.Collections;

namespace Clew.Server.Configuration.Sources;

/// <summary>Chooses the configuration file: <c>--config</c>, else <c>CLEW_CONFIG</c>, else <c>clew.json</c> in the working directory if it is there.</summary>
internal static class ConfigFile
{
    public const string DefaultName = "clew.json";

    /// <summary>The file's values; none without a file.</summary>
    /// <exception cref="ConfigurationException">A file that was asked for is not there, or cannot be used.</exception>
    public static IReadOnlyList<ConfiguredValue> Read(string? commandLinePath, IDictionary environment, string workingDirectory)
    {
        string? asked = NullIfEmpty(commandLinePath) ?? NullIfEmpty((string?)environment[EnvironmentVariables.ConfigFile]);
        string path = Path.Combine(workingDirectory, asked ?? DefaultName);
        if (File.Exists(path))
            return JsonFile.Read(path);
        if (asked is null)
            return [];
        string source = NullIfEmpty(commandLinePath) is null ? $"environment variable {EnvironmentVariables.ConfigFile}" : "command line --config";
        throw new ConfigurationException([$"{asked}: no such configuration file ({source})"]);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
