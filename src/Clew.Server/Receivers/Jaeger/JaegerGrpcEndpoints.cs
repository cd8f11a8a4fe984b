using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Receivers.Jaeger;

/// <summary>
/// Jaeger's collector over gRPC (jaeger-idl, <c>collector.proto</c>). Its answer has no fields: rejected single spans are only counted.
/// </summary>
internal static class JaegerGrpcEndpoints
{
    private const string CollectorService = "jaeger.api_v2.CollectorService";

    public static void MapJaegerGrpc(this IEndpointRouteBuilder routes)
    {
        IngestPipeline pipeline = routes.ServiceProvider.GetRequiredService<IngestPipeline>();
        routes.MapGrpc(
            new UnaryGrpcMethod($"/{CollectorService}/PostSpans", ReceiverName.JaegerGrpc, call => PostSpansAsync(call, pipeline)),
            GrpcHealth.Check(routes.ServiceProvider, [CollectorService]));
        routes.MapUnknownGrpc();
    }

    private static async ValueTask PostSpansAsync(GrpcCall call, IngestPipeline pipeline)
    {
        IngestResult result = await pipeline.IngestAsync(
            ReceiverName.JaegerGrpc, BatchFormat.JaegerProtobufRequest, call.Request, call.CancellationToken).ConfigureAwait(false);
        // No partial success in this protocol: a request of which nothing can be stored is an error, as over HTTP.
        if (result is { AcceptedSpans: 0, RejectedSpans: > 0, RejectReason: { } reason })
            throw new GrpcException(GrpcStatusCode.InvalidArgument, reason);
    }
}
