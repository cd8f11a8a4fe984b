namespace Clew.Server.Configuration;

/// <summary>The validated configuration of one server process. Each property's documentation is what <c>docs/configuration.md</c> says.</summary>
internal sealed record ClewOptions
{
    public ListenOptions Listen { get; init; } = new();
}
