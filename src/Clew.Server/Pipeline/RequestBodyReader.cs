using System.Buffers;
using System.IO.Pipelines;
using Clew.Model;
using Clew.Server.Configuration;
using Microsoft.AspNetCore.Http.Features;

namespace Clew.Server.Pipeline;

/// <summary>Reads request bodies, with or without a declared length, into memory that was granted first and within the limits.</summary>
internal sealed class RequestBodyReader(AdmissionGate memory, LimitOptions limits)
{
    // Asked for at the start when no length is declared: the usual batch of an SDK fits without growing.
    private const int UndeclaredBytes = 32 << 10;

    // A declared length is believed up to here before bytes are there.
    private const int BelievedBytesMax = 1 << 20;

    // Telemetry compresses 5 to 10 times; what is asked for at the start need not be waited for with other memory in hand.
    private const int InflationGuess = 8;

    private readonly int bytesMax = limits.RequestBytesMax;
    private readonly int payloadBytesMax = limits.RequestBytesDecompressedMax;

    /// <param name="request">Read to its end.</param>
    /// <param name="encoding">Compression of the body.</param>
    /// <param name="declaredBytes">Length of the body as its sender declares it, or null.</param>
    /// <param name="framingBytes">Allowed on top of the limit for a protocol's own framing.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    /// <exception cref="RequestRefusedException">Larger than allowed.</exception>
    /// <exception cref="OverloadedException">No memory for it within the time allowed.</exception>
    public async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, BodyEncoding encoding, long? declaredBytes, int framingBytes, CancellationToken cancellationToken)
    {
        int max = encoding == BodyEncoding.Identity ? Math.Min(bytesMax, payloadBytesMax) : bytesMax;
        LiftServerLimit(request);
        if (declaredBytes > max + framingBytes)
            throw TooLarge(max);
        var ticket = new MemoryTicket(memory);
        var body = new RequestBody(ticket, payloadBytesMax) { Encoding = encoding, UserAgent = request.Headers.UserAgent };
        try
        {
            int believed = (int)Math.Min(declaredBytes ?? UndeclaredBytes, BelievedBytesMax);
            await ticket.GrowToAsync(Expected(declaredBytes ?? UndeclaredBytes, encoding), cancellationToken).ConfigureAwait(false);
            await body.ReserveAsync(believed, cancellationToken).ConfigureAwait(false);
            await FillAsync(body, request.BodyReader, max, framingBytes, cancellationToken).ConfigureAwait(false);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Switches Kestrel's own limit off, before anything is read: it counts framing as well, and with it Kestrel could not drain what is
    /// refused here and would close the connection under the sender.
    /// </summary>
    public static void LiftServerLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } kestrel)
            kestrel.MaxRequestBodySize = null;
    }

    private static async ValueTask FillAsync(RequestBody body, PipeReader reader, int max, int framingBytes, CancellationToken cancellationToken)
    {
        long total = 0;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                total += read.Buffer.Length;
                if (total > max + framingBytes)
                    throw TooLarge(max);
                Memory<byte> room = await body.ReserveAsync((int)read.Buffer.Length, cancellationToken).ConfigureAwait(false);
                read.Buffer.CopyTo(room.Span);
                body.Advance((int)read.Buffer.Length);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
            if (read.IsCompleted)
                return;
        }
    }

    private long Expected(long declaredBytes, BodyEncoding encoding) => encoding == BodyEncoding.Identity
        ? declaredBytes
        : declaredBytes + Math.Min(declaredBytes * InflationGuess, payloadBytesMax);

    private static RequestRefusedException TooLarge(int max) =>
        new(RefusalReason.TooLarge, $"the body is larger than the allowed {max} bytes");
}
