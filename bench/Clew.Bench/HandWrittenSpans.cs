using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Clew.Bench;

/// <summary>
/// What an application writes that has OpenTelemetry's SDK and wants its requests' spans to follow the HTTP conventions: the tags Clew sets, from ASP.NET Core's own events, as
/// instrumentation packages do it. ASP.NET Core gives method, scheme, path and address itself.
/// </summary>
internal sealed class HandWrittenSpans : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Start = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
    private const string Stop = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop";
    private const string Unhandled = "Microsoft.AspNetCore.Hosting.UnhandledException";

    private readonly IDisposable subscription;

    // There is no event of the end where nobody wants that of the start.
    public HandWrittenSpans(DiagnosticListener listener) => subscription = listener.Subscribe(this, static (name, _, _) => name is Start or Stop or Unhandled);

    public void Dispose() => subscription.Dispose();

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Stop && value.Value is HttpContext context && Activity.Current is { IsAllDataRequested: true } activity)
            Fill(activity, context);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Fill(Activity activity, HttpContext context)
    {
        HttpRequest request = context.Request;
        activity.SetTag("client.address", context.Connection.RemoteIpAddress?.ToString());
        activity.SetTag("user_agent.original", request.Headers.UserAgent.ToString());
        activity.SetTag("network.protocol.version", request.Protocol == "HTTP/1.1" ? "1.1" : request.Protocol[5..]);
        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            activity.DisplayName = $"{request.Method} {route}";
            activity.SetTag("http.route", route);
        }
        if (context.Response.StatusCode >= 500)
        {
            activity.SetTag("error.type", $"{context.Response.StatusCode}");
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
