using System.Text.Json;

namespace Clew.Server.Configuration.Sources;

/// <summary>Values from a JSON file; comments and trailing commas are allowed.</summary>
internal static class JsonFile
{
    /// <exception cref="ConfigurationException">The file cannot be read or is not a JSON object.</exception>
    public static IReadOnlyList<ConfiguredValue> Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            IConfigurationRoot root = new ConfigurationBuilder().AddJsonStream(stream).Build();
            return [.. Leaves(root, path)];
        }
        catch (JsonException error)
        {
            throw new ConfigurationException([$"{path}: line {error.LineNumber + 1} is not JSON: {FirstSentence(error.Message)}"]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException([$"{path}: cannot be read: {error.Message}"]);
        }
    }

    private static IEnumerable<ConfiguredValue> Leaves(IConfiguration configuration, string path)
    {
        foreach (IConfigurationSection section in configuration.GetChildren())
        {
            if (section.GetChildren().Any())
            {
                foreach (ConfiguredValue leaf in Leaves(section, path))
                    yield return leaf;
                continue;
            }
            string key = section.Path.Replace(':', '.');
            // An empty section sets nothing.
            if (section.Value is not null || !SettingNames.IsSection(key))
                yield return new(key, section.Value, path);
        }
    }

    // The rest repeats the line number.
    private static string FirstSentence(string message) => message.Split(" Path: ", 2)[0].Split(" LineNumber: ", 2)[0];
}
