using Clew.Formats;
using Clew.Model;

namespace Clew.Server.Pipeline;

/// <summary>
/// One request's bytes: as received, and inflated when it came compressed. Every byte of buffer is granted by the
/// <see cref="MemoryTicket"/> before it is taken; disposal gives buffers and grant back. One thread at a time.
/// </summary>
internal sealed class RequestBody(MemoryTicket ticket, int payloadBytesMax) : IDisposable
{
    // The usual batch of an SDK (512 spans) inflates to some 200 KiB.
    private const int FirstPayloadBytes = 64 << 10;

    private readonly PooledBuffer received = new();
    private readonly PooledBuffer inflated = new();
    private int messageOffset;

    /// <summary>The body (of a gRPC call: the message) exactly as received.</summary>
    public ReadOnlyMemory<byte> Received => received.Written[messageOffset..];

    public BodyEncoding Encoding { get; set; }

    /// <summary>How the client names itself (User-Agent); null when it does not.</summary>
    public string? UserAgent { get; init; }

    /// <summary>What is there of the body, inflated as far as it was: for a look at one that was refused.</summary>
    public ReadOnlySpan<byte> Seen => inflated.Length > 0 ? inflated.Written.Span : received.Written.Span[Math.Min(messageOffset, received.Length)..];

    /// <summary>Leaves out the first bytes from <see cref="Received"/>: a frame header.</summary>
    public void SkipHeader(int bytes) => messageOffset = bytes;

    /// <summary>Room for <paramref name="bytes"/> more of the body as received.</summary>
    public async ValueTask<Memory<byte>> ReserveAsync(int bytes, CancellationToken cancellationToken)
    {
        if (received.Free.Length < bytes)
            await GrowAsync(received, (long)received.Length + bytes, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return received.Free;
    }

    public void Advance(int bytes) => received.Advance(bytes);

    /// <summary>What a decoder reads: <see cref="Received"/> itself, or inflated.</summary>
    /// <exception cref="RequestRefusedException">Not in the encoding, or larger than allowed once inflated.</exception>
    /// <exception cref="OverloadedException">No memory for it within the time allowed.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetPayloadAsync(CancellationToken cancellationToken)
    {
        if (Encoding == BodyEncoding.Identity)
            return Received;
        await using Stream stream = BodyEncodings.OpenPayload(Received, Encoding);
        while (true)
        {
            if (inflated.Length == payloadBytesMax)
                return EndsHere(stream) ? inflated.Written : throw UnfoldsTooLarge();
            if (inflated.Free.IsEmpty)
                await GrowAsync(inflated, Math.Max(FirstPayloadBytes, inflated.Length + 1L), payloadBytesMax, cancellationToken).ConfigureAwait(false);
            // The pool's arrays are larger than asked for; the limit is not.
            int room = Math.Min(inflated.Free.Length, payloadBytesMax - inflated.Length);
            int read = Inflate(stream, inflated.Free.Span[..room]);
            if (read == 0)
                return inflated.Written;
            inflated.Advance(read);
        }
    }

    public void Dispose()
    {
        received.Dispose();
        inflated.Dispose();
        ticket.Dispose();
    }

    private bool EndsHere(Stream stream)
    {
        Span<byte> oneMore = stackalloc byte[1];
        return Inflate(stream, oneMore) == 0;
    }

    private RequestRefusedException UnfoldsTooLarge() =>
        new(RefusalReason.TooLarge, $"the body unfolds to more than the allowed {payloadBytesMax} bytes");

    private int Inflate(Stream stream, Span<byte> destination)
    {
        try
        {
            return stream.Read(destination);
        }
        catch (InvalidDataException exception)
        {
            throw new RequestRefusedException(
                RefusalReason.Malformed, $"the body is not valid {Encoding.ToString().ToLowerInvariant()} data after {inflated.Length} unfolded bytes", exception);
        }
    }

    private async ValueTask GrowAsync(PooledBuffer buffer, long needed, long max, CancellationToken cancellationToken)
    {
        long capacity = Math.Min(Math.Max(needed, buffer.Capacity * 2L), max);
        await ticket.GrowToAsync(received.Capacity + inflated.Capacity - buffer.Capacity + capacity, cancellationToken).ConfigureAwait(false);
        buffer.Grow((int)capacity);
    }
}
