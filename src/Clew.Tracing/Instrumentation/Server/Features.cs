using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>Features of a request by their type: asking for them by a type argument goes through generic virtual dispatch, 15 ns each time.</summary>
internal static class Features
{
    private const string RequestActivity = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    /// <summary>The span that ASP.NET Core made of the request; null where none is recorded.</summary>
    public static Activity? ActivityOf(HttpContext context) => Find<IHttpActivityFeature>(context)?.Activity is { IsAllDataRequested: true } activity ? activity : null;

    /// <summary>The same at the end of a request, where its span is the current one unless the application has left another open.</summary>
    public static Activity? EndingActivityOf(HttpContext context) => Activity.Current is { IsAllDataRequested: true, OperationName: RequestActivity } activity ? activity : ActivityOf(context);

    public static Endpoint? EndpointOf(HttpContext context) => Find<IEndpointFeature>(context)?.Endpoint;

    public static int StatusOf(HttpContext context) => Find<IHttpResponseFeature>(context)?.StatusCode ?? context.Response.StatusCode;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? Find<T>(HttpContext context)
        where T : class => (T?)context.Features[typeof(T)];
}
