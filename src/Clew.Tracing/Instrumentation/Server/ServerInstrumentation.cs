using System.Diagnostics;
using Clew.Tracing.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>
/// Fills in the spans that ASP.NET Core makes of requests, from its own events. In a web host it listens to that host only; a provider without a host listens to all of the
/// process. Writing the same twice does no harm, so any number of providers may.
/// </summary>
internal sealed class ServerInstrumentation : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string ListenerName = "Microsoft.AspNetCore";
    private const string Start = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
    private const string Stop = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Stop";
    private const string Unhandled = "Microsoft.AspNetCore.Hosting.UnhandledException";

    // The developer's error page says so here, and only here.
    private const string ShownOnPage = "Microsoft.AspNetCore.Diagnostics.UnhandledException";

    private const string Handled = "Microsoft.AspNetCore.Diagnostics.HandledException";

    private static readonly EventPayload<Exception> ExceptionOf = new("exception");
    private static readonly EventPayload<HttpContext> ContextOf = new("httpContext");

    private readonly HttpServerSpans http;
    private readonly IgnoredPaths ignored;
    private readonly IDisposable subscription;

    public ServerInstrumentation(IServiceProvider services, ServerSpanOptions options, IgnoredPaths ignored)
    {
        http = new HttpServerSpans(options);
        this.ignored = ignored;
        subscription = services.GetService<DiagnosticListener>() is { Name: ListenerName } own
            ? own.Subscribe(this, IsWanted)
            : new ListenerSubscription(ListenerName, this, IsWanted);
    }

    public void Dispose() => subscription.Dispose();

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value.Key)
        {
            case Start when value.Value is HttpContext context && Activity.Current is { IsAllDataRequested: true } started:
                OnStart(started, context);
                break;
            case Stop when value.Value is HttpContext context && Features.EndingActivityOf(context) is { } stopping:
                http.OnStop(stopping, context);
                break;
            case Unhandled or ShownOnPage or Handled when ContextOf.Of(value.Value) is { } context && ExceptionOf.Of(value.Value) is { } exception:
                RequestFailure.Remember(context, exception, isUnhandled: value.Key != Handled);
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static bool IsWanted(string name) => name is Start or Stop or Unhandled or ShownOnPage or Handled;

    private void OnStart(Activity activity, HttpContext context)
    {
        // A host that was built before the switch was set gives no tags, so the sampler could not see the path.
        if (activity.GetTagItem(HttpNames.Method) is not null)
            return;
        if (!ignored.IsEmpty && ignored.Contains(context.Request.Path.Value))
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }
        HttpServerSpans.OnStartWithoutTags(activity, context.Request);
    }
}
