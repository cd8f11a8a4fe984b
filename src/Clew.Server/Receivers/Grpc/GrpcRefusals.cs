using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>Which gRPC status tells a <see cref="RefusalReason"/>.</summary>
internal static class GrpcRefusals
{
    public static GrpcStatusCode GrpcStatus(this RefusalReason reason) => reason switch
    {
        RefusalReason.TooLarge or RefusalReason.Limit or RefusalReason.Overload => GrpcStatusCode.ResourceExhausted,
        RefusalReason.Encoding => GrpcStatusCode.Unimplemented,
        RefusalReason.Store => GrpcStatusCode.Unavailable,
        RefusalReason.Aborted => GrpcStatusCode.Cancelled,
        RefusalReason.Internal => GrpcStatusCode.Internal,
        _ => GrpcStatusCode.InvalidArgument,
    };
}
