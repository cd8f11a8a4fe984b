using System.IO.Pipelines;
using Clew.Server.Configuration;

namespace Clew.Server.Receivers.Grpc;

/// <summary>
/// The messages of an answer. Each is on its way when its task completes, and the task waits while the client's flow control window and
/// Kestrel's response buffer are full: a slow reader holds its own call back and nothing piles up. One that takes nothing for <c>query.stallMaxMs</c> is cut
/// off: Kestrel's least data rate does not count the time a stream's window is closed.
/// </summary>
internal sealed class GrpcResponseStream(HttpContext context)
{
    /// <param name="message">Without framing; not touched afterwards.</param>
    /// <exception cref="OperationCanceledException">The client has gone, given up the call, or stopped reading.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> message)
    {
        PipeWriter body = context.Response.BodyWriter;
        GrpcFraming.WriteHeader(body.GetSpan(GrpcFraming.HeaderBytes), message.Length);
        body.Advance(GrpcFraming.HeaderBytes);
        ValueTask<FlushResult> write = body.WriteAsync(message, context.RequestAborted);
        if (write.IsCompletedSuccessfully)
            _ = await write.ConfigureAwait(false);
        else
            await WaitForReaderAsync(write.AsTask()).ConfigureAwait(false);
        // Kestrel takes writes to a stream that was reset and drops them.
        context.RequestAborted.ThrowIfCancellationRequested();
    }

    private async Task WaitForReaderAsync(Task write)
    {
        IServiceProvider services = context.RequestServices;
        var stallMax = TimeSpan.FromMilliseconds(services.GetRequiredService<ClewOptions>().Query.StallMaxMs);
        try
        {
            await write.WaitAsync(stallMax, services.GetRequiredService<TimeProvider>()).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            context.Abort();
            // The token is cancelled by another thread, some time later; until then every further message would seem to have been written.
            throw new OperationCanceledException("The client has stopped reading.");
        }
    }
}
