namespace Clew.Server.Receivers.Grpc;

/// <summary>The status codes of gRPC that are used here; numbers are the protocol's.</summary>
internal enum GrpcStatusCode
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    NotFound = 5,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
}
