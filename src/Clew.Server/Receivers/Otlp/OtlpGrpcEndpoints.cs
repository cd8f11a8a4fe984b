using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Receivers.Grpc;
using Clew.Server.Sampling;

namespace Clew.Server.Receivers.Otlp;

/// <summary>OTLP over gRPC (OTLP specification 1.x, "OTLP/gRPC"). Metrics and logs that clients also send are answered UNIMPLEMENTED;
/// SDKs with a remote sampler may ask for their strategy here too.</summary>
internal static class OtlpGrpcEndpoints
{
    private const string TraceService = "opentelemetry.proto.collector.trace.v1.TraceService";

    public static void MapOtlpGrpc(this IEndpointRouteBuilder routes)
    {
        IngestPipeline pipeline = routes.ServiceProvider.GetRequiredService<IngestPipeline>();
        routes.MapGrpc(
            new UnaryGrpcMethod($"/{TraceService}/Export", ReceiverName.OtlpGrpc, call => ExportAsync(call, pipeline)),
            SamplingGrpc.GetSamplingStrategy(routes.ServiceProvider.GetRequiredService<ISamplingStrategies>()),
            GrpcHealth.Check(routes.ServiceProvider, [TraceService, SamplingGrpc.Service]));
        routes.MapUnknownGrpc();
    }

    private static async ValueTask ExportAsync(GrpcCall call, IngestPipeline pipeline)
    {
        IngestResult result = await pipeline.IngestAsync(
            ReceiverName.OtlpGrpc, BatchFormat.OtlpProtobuf, call.Request, call.CancellationToken).ConfigureAwait(false);
        OtlpExportResponse.WriteProtobuf(call.Response, result);
    }
}
