using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>
/// The route of an endpoint and the names of its spans. A route begins with a slash however it was written, so that one operation has one name; in a conventional route the
/// parameters that the endpoint fixes (controller, action, area, page) are given their values.
/// </summary>
internal sealed class RouteNames
{
    private readonly string?[] names = new string?[HttpNames.MethodCount];

    public RouteNames(Endpoint endpoint)
    {
        Endpoint = endpoint;
        Route = RouteOf(endpoint);
    }

    public Endpoint Endpoint { get; }

    /// <summary>Null for an endpoint without a route.</summary>
    public string? Route { get; }

    /// <summary><c>METHOD route</c> (conventions, "HTTP server: Name").</summary>
    public string? Name(string method)
    {
        if (Route is null)
            return null;
        int index = HttpNames.IndexOf(method);
        return index < 0 ? $"HTTP {Route}" : names[index] ??= $"{method} {Route}";
    }

    private static string? RouteOf(Endpoint endpoint)
    {
        string? route = endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
        if (endpoint is RouteEndpoint { RoutePattern: { } pattern })
            route = pattern.RequiredValues.Count == 0 ? pattern.RawText ?? route : Fill(pattern);
        return route is null ? null : route.StartsWith('/') ? route : "/" + route;
    }

    private static string Fill(RoutePattern pattern)
    {
        var route = new StringBuilder();
        foreach (RoutePatternPathSegment segment in pattern.PathSegments)
        {
            route.Append('/');
            foreach (RoutePatternPart part in segment.Parts)
                route.Append(Text(part, pattern));
        }
        return route.Length == 0 ? "/" : route.ToString();
    }

    private static string Text(RoutePatternPart part, RoutePattern pattern) => part switch
    {
        RoutePatternParameterPart parameter when pattern.RequiredValues.TryGetValue(parameter.Name, out object? value) && value is string { Length: > 0 } text => text,
        RoutePatternParameterPart parameter => $"{{{(parameter.IsCatchAll ? "*" : "")}{parameter.Name}{(parameter.IsOptional ? "?" : "")}}}",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };
}
