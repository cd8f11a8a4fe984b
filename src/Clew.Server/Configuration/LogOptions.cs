namespace Clew.Server.Configuration;

/// <summary>What the process writes to standard error about itself.</summary>
internal sealed record LogOptions
{
    /// <summary>The least level written. Default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Lines for people or for machines. Default text.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;
}

internal enum LogFormat
{
    /// <summary>One line an entry, UTC time first.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
