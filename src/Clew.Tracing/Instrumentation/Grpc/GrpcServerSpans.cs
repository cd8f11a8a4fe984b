using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Tracing.Instrumentation.Grpc;

/// <summary>Served gRPC calls, known by their content type and path, whichever library serves them.</summary>
internal static class GrpcServerSpans
{
    // Tags of Grpc.AspNetCore.Server, which say the same in its own way.
    private const string LibraryMethod = "grpc.method";
    private const string LibraryStatus = "grpc.status_code";

    public static bool IsCall(HttpRequest request, out GrpcMethod method)
    {
        method = default;
        return HttpMethods.IsPost(request.Method)
            && request.ContentType is { } type && type.StartsWith(GrpcNames.ContentType, StringComparison.OrdinalIgnoreCase)
            && GrpcMethod.TryParse(request.Path.Value, out method);
    }

    public static void OnStop(Activity activity, HttpContext context, GrpcMethod method, Exception? exception)
    {
        GrpcNames.Describe(activity, method);
        string? status = Find(context, GrpcNames.StatusHeader) ?? activity.GetTagItem(LibraryStatus) as string;
        activity.SetTag(LibraryMethod, null).SetTag(LibraryStatus, null);
        if (status is not null)
            GrpcNames.Finish(activity, status, Find(context, GrpcNames.MessageHeader));
        else if (exception is not null)
            GrpcNames.Fail(activity, exception.GetType().FullName!, exception.Message);
        else if (context.Response.StatusCode >= 500)
            GrpcNames.Fail(activity, $"{context.Response.StatusCode}", message: null);
        else if (context.RequestAborted.IsCancellationRequested)
            GrpcNames.Finish(activity, "1", message: null);
    }

    /// <summary>In the trailers, or in the headers of an answer that has nothing but them.</summary>
    private static string? Find(HttpContext context, string name)
    {
        if (context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers && trailers.TryGetValue(name, out var value) && value.Count > 0)
            return value[0];
        return context.Response.Headers.TryGetValue(name, out value) && value.Count > 0 ? value[0] : null;
    }
}
