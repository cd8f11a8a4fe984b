using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>A gRPC method of one request and any number of responses ("server streaming").</summary>
/// <param name="Path"><c>/package.Service/Method</c>.</param>
/// <param name="Invoke">Reads the request and writes responses as they are ready; throws for any status but OK, also after some were written.</param>
internal sealed record StreamingGrpcMethod(string Path, Func<GrpcStreamingCall, ValueTask> Invoke) : GrpcMethod(Path, Receiver: null)
{
    public override ValueTask AnswerAsync(RequestBody request, GrpcResponseStream responses, CancellationToken cancellationToken) =>
        Invoke(new GrpcStreamingCall(request, responses, cancellationToken));
}
