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
                throw new GrpcException(GrpcStatusCode.Internal, $"the request ends {-excess} bytes before its message does");
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
