namespace Clew.Server.Configuration;

/// <summary>The configuration cannot be used. One line for each thing that is wrong, naming key, value and source.</summary>
internal sealed class ConfigurationException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
