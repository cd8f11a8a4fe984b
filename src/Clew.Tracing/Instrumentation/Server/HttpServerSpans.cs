using System.Diagnostics;
using Clew.Tracing.Instrumentation.Grpc;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>Spans of served requests by the HTTP conventions ("HTTP server span"); those of gRPC by the RPC conventions.</summary>
internal sealed class HttpServerSpans(ServerSpanOptions options)
{
    private const int MaxUserAgentLength = 512;

    private readonly EndpointRoutes routes = new();

    /// <summary>What ASP.NET Core 10 gives itself when told so.</summary>
    public static void OnStartWithoutTags(Activity activity, HttpRequest request)
    {
        bool isKnown = HttpNames.IndexOf(request.Method) >= 0;
        activity.SetTag(HttpNames.Method, isKnown ? request.Method : HttpNames.OtherMethod);
        if (!isKnown)
            activity.SetTag(HttpNames.MethodOriginal, request.Method);
        activity.SetTag(HttpNames.Scheme, request.Scheme);
        activity.SetTag(HttpNames.Path, (request.PathBase + request.Path).Value);
        if (!request.Host.HasValue)
            return;
        activity.SetTag(HttpNames.ServerAddress, request.Host.Host);
        if (request.Host.Port is { } port)
            activity.SetTag(HttpNames.ServerPort, port);
    }

    public void OnStop(Activity activity, HttpContext context)
    {
        HttpRequest request = context.Request;
        AddCaller(activity, context);
        activity.SetTag(HttpNames.ProtocolVersion, HttpNames.Version(request.Protocol));
        if (options.RecordQuery && request.QueryString.Value is { Length: > 1 } query)
            activity.SetTag(HttpNames.Query, query[1..]);
        int status = Features.StatusOf(context);
        activity.SetTag(HttpNames.Status, HttpNames.BoxedStatus(status));
        RequestFailure? failure = RequestFailure.Of(activity, context, status);
        if (GrpcServerSpans.IsCall(request, out GrpcMethod method))
            GrpcServerSpans.OnStop(activity, context, method, failure?.Exception);
        else
            Finish(activity, context, status, failure);
        if (failure is not null && options.RecordExceptions)
            activity.AddException(failure.Exception, timestamp: failure.At);
        if (options.Enrich is not null)
            Enrichment.Run(activity, context, options.Enrich);
    }

    private void Finish(Activity activity, HttpContext context, int status, RequestFailure? failure)
    {
        string method = context.Request.Method;
        RouteNames? route = (failure?.Endpoint ?? EndpointOf(context, status)) is { } endpoint ? routes.Of(endpoint) : null;
        activity.DisplayName = route?.Name(method) ?? (HttpNames.IndexOf(method) < 0 ? "HTTP" : method);
        if (route?.Route is { } template)
            activity.SetTag(HttpNames.Route, template);
        // A server's span fails from 500 on; what is wrong below is the caller's (conventions, "Status"). A broken answer that had begun still says 200.
        if (status < 500 && (failure is not { IsUnhandled: true } || status >= 400))
            return;
        activity.SetTag(HttpNames.ErrorType, failure?.Exception.GetType().FullName ?? $"{status}");
        if (activity.Status == ActivityStatusCode.Unset)
            activity.SetStatus(ActivityStatusCode.Error, failure?.Exception.Message);
    }

    private void AddCaller(Activity activity, HttpContext context)
    {
        string? client = ClientAddress.Of(context, options.TrustForwardedHeaders);
        if (client is not null)
            activity.SetTag(HttpNames.ClientAddress, client);
        if (options.TrustForwardedHeaders && ClientAddress.Text(ClientAddress.OfConnection(context)) is { } peer && peer != client)
            activity.SetTag(HttpNames.PeerAddress, peer);
        string agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length > 0)
            activity.SetTag(HttpNames.UserAgent, agent.Length > MaxUserAgentLength ? agent[..MaxUserAgentLength] : agent);
    }

    /// <summary>The endpoint that was asked for: the page for a status, where one is run, puts its own in that place.</summary>
    private static Endpoint? EndpointOf(HttpContext context, int status) => status < 400
        ? Features.EndpointOf(context)
        : Features.Find<IStatusCodeReExecuteFeature>(context)?.Endpoint ?? Features.EndpointOf(context);
}
