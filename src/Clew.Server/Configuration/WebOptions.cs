namespace Clew.Server.Configuration;

/// <summary>How the pages are reached.</summary>
internal sealed record WebOptions
{
    /// <summary>
    /// Path prefix under which a proxy publishes the query listener: empty or <c>/prefix</c> without a slash at the end. Default empty.
    /// The host sets <see cref="HttpRequest.PathBase"/> to it whether the proxy strips the prefix or not.
    /// </summary>
    public string BasePath { get; init; } = "";
}
