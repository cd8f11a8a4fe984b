using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>
/// The frame around a message (gRPC over HTTP/2, "Length-Prefixed-Message"): one byte says whether it is compressed, four give its length,
/// big-endian. A request carries exactly one here.
/// </summary>
internal static class GrpcFraming
{
    public const int HeaderBytes = 5;

    /// <summary>Reads the one message of a request, which may come in any number of DATA frames.</summary>
    /// <exception cref="GrpcException">The framing is wrong.</exception>
    /// <exception cref="RequestRefusedException">Larger than allowed; known from the header alone.</exception>
    /// <exception cref="OverloadedException">No memory for it within the time allowed.</exception>
    public static async ValueTask<RequestBody> ReadMessageAsync(HttpRequest request, RequestBodyReader bodies, CancellationToken cancellationToken)
    {
        RequestBodyReader.LiftServerLimit(request);
        (bool compressed, long length) = await PeekHeaderAsync(request.BodyReader, cancellationToken).ConfigureAwait(false);
        BodyEncoding encoding = compressed ? CompressedEncoding(request) : BodyEncoding.Identity;
        RequestBody body = await bodies.ReadAsync(
            request, encoding, HeaderBytes + length, HeaderBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            long excess = body.Received.Length - (HeaderBytes + length);
            if (excess < 0)
                throw CutShort(-excess);
            if (excess > 0)
                throw NotOneMessage("more than one");
            body.SkipHeader(HeaderBytes);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next message of a request that carries any number of small ones; null at its end.</summary>
    /// <exception cref="GrpcException">The framing is wrong, the message compressed or too large.</exception>
    public static async ValueTask<byte[]?> ReadStreamedAsync(PipeReader reader, int bytesMax, CancellationToken cancellationToken)
    {
        byte[]? header = await TakeAsync(reader, HeaderBytes, cancellationToken).ConfigureAwait(false);
        if (header is null)
            return null;
        if (header[0] != 0)
            throw new GrpcException(GrpcStatusCode.Unimplemented, "the messages of this method are not taken compressed");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (length > bytesMax)
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, $"the message has {length} bytes, more than the allowed {bytesMax}");
        if (length == 0)
            return [];
        return await TakeAsync(reader, (int)length, cancellationToken).ConfigureAwait(false) ?? throw CutShort(length);
    }

    public static void WriteHeader(Span<byte> destination, int messageBytes)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)messageBytes);
    }

    private static async ValueTask<(bool Compressed, long Length)> PeekHeaderAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        ReadResult read = await reader.ReadAtLeastAsync(HeaderBytes, cancellationToken).ConfigureAwait(false);
        long available = read.Buffer.Length;
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (available >= HeaderBytes)
            read.Buffer.Slice(0, HeaderBytes).CopyTo(header);
        // Nothing consumed: the body is read whole afterwards.
        reader.AdvanceTo(read.Buffer.Start);
        if (available == 0)
            throw NotOneMessage("none");
        if (available < HeaderBytes)
            throw new GrpcException(GrpcStatusCode.Internal, "the request ends within the message header of 5 bytes");
        if (header[0] > 1)
            throw new GrpcException(GrpcStatusCode.Internal, $"the compressed flag is {header[0]}, neither 0 nor 1");
        return (header[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(header[1..]));
    }

    /// <summary>That many bytes, or null where the request ends before the first.</summary>
    private static async ValueTask<byte[]?> TakeAsync(PipeReader reader, int bytes, CancellationToken cancellationToken)
    {
        ReadResult read = await reader.ReadAtLeastAsync(bytes, cancellationToken).ConfigureAwait(false);
        if (read.Buffer.Length < bytes)
        {
            long missing = bytes - read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            return missing == bytes ? null : throw CutShort(missing);
        }
        ReadOnlySequence<byte> taken = read.Buffer.Slice(0, bytes);
        byte[] copy = taken.ToArray();
        reader.AdvanceTo(taken.End);
        return copy;
    }

    private static GrpcException CutShort(long bytes) => new(GrpcStatusCode.Internal, $"the request ends {bytes} bytes before its message does");

    private static BodyEncoding CompressedEncoding(HttpRequest request)
    {
        string? name = request.Headers["grpc-encoding"];
        if (!BodyEncodings.TryParse(name, out BodyEncoding encoding))
            throw new RequestRefusedException(RefusalReason.Encoding, $"grpc-encoding '{name}' is not supported; send gzip or identity");
        return encoding != BodyEncoding.Identity
            ? encoding
            : throw new GrpcException(GrpcStatusCode.Internal, "the message is marked as compressed, but grpc-encoding names no compression");
    }

    // gRPC's status codes page lists a wrong number of requests under UNIMPLEMENTED.
    private static GrpcException NotOneMessage(string found) =>
        new(GrpcStatusCode.Unimplemented, $"a request carries exactly one message, this one {found}");
}
