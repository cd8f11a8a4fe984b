using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>A gRPC method that takes one request.</summary>
/// <param name="Path"><c>/package.Service/Method</c>.</param>
/// <param name="Receiver">The label its refused calls are counted under; null for methods that take no spans.</param>
internal abstract record GrpcMethod(string Path, string? Receiver)
{
    /// <summary>Reads the request and writes the whole answer but its status; throws for any status but OK.</summary>
    public abstract ValueTask AnswerAsync(RequestBody request, GrpcResponseStream responses, CancellationToken cancellationToken);
}
