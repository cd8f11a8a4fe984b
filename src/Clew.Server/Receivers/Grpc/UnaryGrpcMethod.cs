using System.Buffers;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>A gRPC method of one request and one response.</summary>
/// <param name="Path"><c>/package.Service/Method</c>.</param>
/// <param name="Receiver">The label its refused calls are counted under; null for methods that take no spans.</param>
/// <param name="Invoke">Reads the request and writes the response, both without framing; throws for any status but OK.</param>
internal sealed record UnaryGrpcMethod(string Path, string? Receiver, Func<GrpcCall, ValueTask> Invoke) : GrpcMethod(Path, Receiver)
{
    public override async ValueTask AnswerAsync(RequestBody request, GrpcResponseStream responses, CancellationToken cancellationToken)
    {
        var response = new ArrayBufferWriter<byte>();
        await Invoke(new GrpcCall(request, response, cancellationToken)).ConfigureAwait(false);
        await responses.WriteAsync(response.WrittenMemory).ConfigureAwait(false);
    }
}
