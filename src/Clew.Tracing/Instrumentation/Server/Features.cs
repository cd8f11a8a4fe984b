using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>Features of a request by their type: asking for them by a type argument goes through generic virtual dispatch, 15 ns each time.</summary>
internal static class Features
{
    /// <summary>The span that ASP.NET Core made of the request; null where none is recorded.</summary>
    public static Activity? ActivityOf(HttpContext context) => Find<IHttpActivityFeature>(context)?.Activity is { IsAllDataRequested: true } activity ? activity : null;

    public static Endpoint? EndpointOf(HttpContext context) => Find<IEndpointFeature>(context)?.Endpoint;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? Find<T>(HttpContext context)
        where T : class => (T?)context.Features[typeof(T)];
}
