using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Receivers.Zipkin;

/// <summary><c>zipkin.proto3.SpanService/Report</c>: a list of spans in, an empty message out. Answered when the spans are stored.</summary>
internal static class ZipkinGrpcEndpoints
{
    public static void MapZipkinGrpc(this IEndpointRouteBuilder routes)
    {
        IngestPipeline pipeline = routes.ServiceProvider.GetRequiredService<IngestPipeline>();
        routes.MapGrpc(new UnaryGrpcMethod("/zipkin.proto3.SpanService/Report", ReceiverName.ZipkinGrpc, call => ReportAsync(call, pipeline)));
    }

    private static async ValueTask ReportAsync(GrpcCall call, IngestPipeline pipeline)
    {
        IngestResult result = await pipeline.IngestAsync(ReceiverName.ZipkinGrpc, BatchFormat.ZipkinProto3, call.Request, call.CancellationToken).ConfigureAwait(false);
        if (result is { AcceptedSpans: 0, RejectedSpans: > 0, RejectReason: { } reason })
            throw new GrpcException(GrpcStatusCode.InvalidArgument, reason);
    }
}
