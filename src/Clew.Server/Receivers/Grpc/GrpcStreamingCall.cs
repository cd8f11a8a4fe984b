using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>One server-streaming call in progress.</summary>
/// <param name="Request">The request message, possibly compressed.</param>
/// <param name="Responses">Takes the response messages.</param>
/// <param name="CancellationToken">The client has gone, or given up the call.</param>
internal sealed record GrpcStreamingCall(RequestBody Request, GrpcResponseStream Responses, CancellationToken CancellationToken);
