using System.Diagnostics;
using OpenTelemetry;

namespace Clew.Tracing.Instrumentation.Grpc;

/// <summary>
/// Calls of Grpc.Net.Client, whose spans last until the trailers: renamed from that library's own tags to the conventions when they end. The HTTP request of the call is a
/// span below, and its context is what travels.
/// </summary>
internal sealed class GrpcClientSpans : BaseProcessor<Activity>
{
    public const string SourceName = "Grpc.Net.Client";

    private const string LibraryMethod = "grpc.method";
    private const string LibraryStatus = "grpc.status_code";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name != SourceName)
            return;
        if (GrpcMethod.TryParse(data.GetTagItem(LibraryMethod) as string, out GrpcMethod method))
            GrpcNames.Describe(data, method);
        GrpcNames.Finish(data, data.GetTagItem(LibraryStatus)?.ToString(), data.StatusDescription);
        data.SetTag(LibraryMethod, null).SetTag(LibraryStatus, null);
    }
}
