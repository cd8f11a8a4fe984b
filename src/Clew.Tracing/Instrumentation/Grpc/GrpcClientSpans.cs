using System.Diagnostics;

namespace Clew.Tracing.Instrumentation.Grpc;

/// <summary>
/// Calls of Grpc.Net.Client, whose spans last until the trailers: renamed from that library's own tags to the conventions when they end. The HTTP request of the call is a
/// span below, and its context is what travels.
/// </summary>
/// <remarks>A listener of its own for that one source, so that other spans pay nothing. It has to be made before the provider begins to listen, to be told first.</remarks>
internal sealed class GrpcClientSpans : IDisposable
{
    public const string SourceName = "Grpc.Net.Client";

    private const string LibraryMethod = "grpc.method";
    private const string LibraryStatus = "grpc.status_code";

    private readonly ActivityListener listener = new() { ShouldListenTo = static source => source.Name == SourceName, ActivityStopped = OnStopped };

    public GrpcClientSpans() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    private static void OnStopped(Activity activity)
    {
        // Without the tag it is not a call, or has been renamed already for another provider.
        if (!activity.IsAllDataRequested || !GrpcMethod.TryParse(activity.GetTagItem(LibraryMethod) as string, out GrpcMethod method))
            return;
        GrpcNames.Describe(activity, method);
        GrpcNames.Finish(activity, activity.GetTagItem(LibraryStatus)?.ToString(), activity.StatusDescription);
        activity.SetTag(LibraryMethod, null).SetTag(LibraryStatus, null);
    }
}
