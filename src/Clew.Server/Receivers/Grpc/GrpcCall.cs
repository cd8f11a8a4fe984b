using System.Buffers;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>One unary call in progress.</summary>
/// <param name="Request">The request message, possibly compressed.</param>
/// <param name="Response">Takes the response message.</param>
/// <param name="CancellationToken">The client has gone.</param>
internal sealed record GrpcCall(RequestBody Request, IBufferWriter<byte> Response, CancellationToken CancellationToken);
