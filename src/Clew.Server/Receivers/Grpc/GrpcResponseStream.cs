using System.IO.Pipelines;

namespace Clew.Server.Receivers.Grpc;

/// <summary>
/// The messages of an answer. Each is on its way when its task completes, and the task waits while the client's flow control window and
/// Kestrel's response buffer are full: a slow reader holds its own call back and nothing piles up.
/// </summary>
internal sealed class GrpcResponseStream(HttpContext context)
{
    /// <param name="message">Without framing; not touched afterwards.</param>
    /// <exception cref="OperationCanceledException">The client has gone, or given up the call.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> message)
    {
        PipeWriter body = context.Response.BodyWriter;
        GrpcFraming.WriteHeader(body.GetSpan(GrpcFraming.HeaderBytes), message.Length);
        body.Advance(GrpcFraming.HeaderBytes);
        await body.WriteAsync(message, context.RequestAborted).ConfigureAwait(false);
        // Kestrel takes writes to a stream that was reset and drops them.
        context.RequestAborted.ThrowIfCancellationRequested();
    }
}
