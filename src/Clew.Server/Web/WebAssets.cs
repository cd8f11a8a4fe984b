using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Clew.Server.Web;

/// <summary>Style sheet, modules and pictures, embedded in the executable. Read once; the content's hash is both the ETag and the version in links.</summary>
internal static class WebAssets
{
    private const string ResourcePrefix = "web/";

    private static readonly FrozenDictionary<string, Asset> All = Load();

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The address from the site's root, with the version, so that a new release is never mixed with cached old parts.</summary>
    public static string HrefOf(string name) => $"assets/{name}?v={All[name].Version}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/assets/{**name}", [HttpMethods.Get, HttpMethods.Head], Get);

    private static IResult Get(string name, HttpContext context)
    {
        if (!All.TryGetValue(name, out Asset? asset))
            return Results.NotFound();
        // An address with the version of this content never changes its content; others are asked again each time and answered with 304.
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }

    private static FrozenDictionary<string, Asset> Load()
    {
        Assembly assembly = typeof(WebAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[ResourcePrefix.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static Asset Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        string version = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));
        string type = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return new Asset(content, type, version);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Version);
}
