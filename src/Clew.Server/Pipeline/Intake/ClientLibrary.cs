namespace Clew.Server.Pipeline.Intake;

/// <summary>The library that sent spans. Parts it did not say are empty.</summary>
/// <param name="Name"><c>telemetry.sdk.name</c>, <c>jaeger</c>, or the first product of the User-Agent.</param>
/// <param name="Language"><c>telemetry.sdk.language</c>, or what stands before the version in <c>jaeger.version</c>.</param>
/// <param name="Version">Of the library.</param>
internal sealed record ClientLibrary(string Name, string Language, string Version)
{
    /// <summary><c>Go-2.30.0</c>, <c>Node-3.19.0</c>: how Jaeger's own clients name themselves.</summary>
    public static ClientLibrary FromJaeger(string jaegerVersion)
    {
        int dash = jaegerVersion.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? new("jaeger", "", jaegerVersion) : new("jaeger", jaegerVersion[..dash].ToLowerInvariant(), jaegerVersion[(dash + 1)..]);
    }

    /// <summary>The first product of the header (RFC 9110 §10.1.5): <c>Go-http-client/1.1</c>, <c>grpc-node-js/1.9.0</c>.</summary>
    public static ClientLibrary FromUserAgent(string userAgent)
    {
        string product = userAgent.Split(' ', 2)[0];
        int slash = product.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(product, "", "") : new(product[..slash], "", product[(slash + 1)..]);
    }
}
