namespace Clew.Server.Receivers.Grpc;

/// <summary>Ends a call with a status other than OK.</summary>
internal sealed class GrpcException(GrpcStatusCode code, string message) : Exception(message)
{
    public GrpcStatusCode Code { get; } = code;
}
