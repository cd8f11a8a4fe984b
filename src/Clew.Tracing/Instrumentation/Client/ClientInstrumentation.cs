using System.Diagnostics;
using Clew.Tracing.Instrumentation.Grpc;

namespace Clew.Tracing.Instrumentation.Client;

/// <summary>
/// Completes the spans that HttpClient makes of its requests: the number of an attempt, gRPC. The client fills in the rest itself, exceptions included, and sends the context along.
/// </summary>
internal sealed class ClientInstrumentation(ClientSpanOptions options) : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string SourceName = "System.Net.Http";
    private const string Start = "System.Net.Http.HttpRequestOut.Start";
    private const string Stop = "System.Net.Http.HttpRequestOut.Stop";

    private static readonly HttpRequestOptionsKey<Activity> LastAttempt = new("clew.last_attempt");
    private static readonly EventPayload<HttpRequestMessage> StartedRequest = new("Request");
    private static readonly EventPayload<HttpRequestMessage> StoppedRequest = new("Request");
    private static readonly EventPayload<HttpResponseMessage> Response = new("Response");

    private ListenerSubscription? subscription;

    /// <summary>Begins to listen.</summary>
    public ClientInstrumentation Subscribe()
    {
        subscription = new ListenerSubscription(ListenerName, this, static name => name is Start or Stop);
        return this;
    }

    public void Dispose() => subscription?.Dispose();

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Activity.Current is not { IsAllDataRequested: true } activity || activity.Source.Name != SourceName)
            return;
        switch (value.Key)
        {
            case Start when StartedRequest.Of(value.Value) is { } request:
                OnStart(activity, request);
                break;
            case Stop when StoppedRequest.Of(value.Value) is { } request:
                OnStop(activity, request, Response.Of(value.Value));
                break;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void OnStart(Activity activity, HttpRequestMessage request)
    {
        // A message that comes by again is sent again: after a redirect, or by a handler that retries, which takes its options along even if it makes a new message.
        if (request.Options.TryGetValue(LastAttempt, out Activity? last) && last != activity)
            activity.SetTag(HttpNames.ResendCount, HttpNames.BoxedStatus((last.GetTagItem(HttpNames.ResendCount) is int count ? count : 0) + 1));
        request.Options.Set(LastAttempt, activity);
        if (GrpcCall(activity, request, out GrpcMethod method))
            GrpcNames.Describe(activity, method);
    }

    private void OnStop(Activity activity, HttpRequestMessage request, HttpResponseMessage? response)
    {
        if (response is not null && GrpcCall(activity, request, out _))
            GrpcNames.Finish(activity, Find(response, GrpcNames.StatusHeader), Find(response, GrpcNames.MessageHeader));
        if (options.Enrich is not null)
            Enrich(activity, request, response);
    }

    // By itself, or every request would pay for what is captured here.
    private void Enrich(Activity activity, HttpRequestMessage request, HttpResponseMessage? response) =>
        Enrichment.Run(activity, (request, response), (span, call) => options.Enrich!(span, call.request, call.response));

    /// <summary>A call that no library has made a span of already.</summary>
    private static bool GrpcCall(Activity activity, HttpRequestMessage request, out GrpcMethod method)
    {
        method = default;
        return request.Version.Major >= 2
            && request.Content?.Headers.ContentType?.MediaType is { } type
            && type.StartsWith(GrpcNames.ContentType, StringComparison.OrdinalIgnoreCase)
            && activity.Parent?.Source.Name != GrpcClientSpans.SourceName
            && GrpcMethod.TryParse(request.RequestUri?.AbsolutePath, out method);
    }

    private static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) || response.TrailingHeaders.TryGetValues(name, out values) ? values.FirstOrDefault() : null;
}
