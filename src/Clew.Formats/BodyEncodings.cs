using System.IO.Compression;
using System.Runtime.InteropServices;
using Clew.Model;

namespace Clew.Formats;

/// <summary>
/// Content encodings by name, and the way from a body as received to its payload: what receivers use for a request and a store for a
/// logged body, so both inflate alike. Bounding the size is up to the caller: it decides how much to read.
/// </summary>
public static class BodyEncodings
{
    /// <summary>Names as in HTTP's Content-Encoding and gRPC's grpc-encoding, in any case; absent or empty is identity.</summary>
    public static bool TryParse(string? name, out BodyEncoding encoding)
    {
        ReadOnlySpan<char> trimmed = name.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.Equals("identity", StringComparison.OrdinalIgnoreCase))
            encoding = BodyEncoding.Identity;
        else if (trimmed.Equals("gzip", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
            encoding = BodyEncoding.Gzip;
        else if (trimmed.Equals("deflate", StringComparison.OrdinalIgnoreCase))
            encoding = BodyEncoding.Deflate;
        else
        {
            encoding = default;
            return false;
        }
        return true;
    }

    /// <summary>A stream of the payload. Reading it throws <see cref="InvalidDataException"/> when the body is not in the encoding.</summary>
    public static Stream OpenPayload(ReadOnlyMemory<byte> body, BodyEncoding encoding)
    {
        Stream source = AsStream(body);
        return encoding switch
        {
            BodyEncoding.Identity => source,
            BodyEncoding.Gzip => new GZipStream(source, CompressionMode.Decompress),
            BodyEncoding.Deflate when HasZlibHeader(body.Span) => new ZLibStream(source, CompressionMode.Decompress),
            BodyEncoding.Deflate => new DeflateStream(source, CompressionMode.Decompress),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "No such encoding."),
        };
    }

    /// <summary>
    /// HTTP's "deflate" means the zlib format (RFC 9110 §8.4.1.2), but clients also send the bare stream. The two-byte zlib header is method 8 with
    /// a check modulo 31 (RFC 1950 §2.2); a bare stream that looks so would begin with a stored block with a padding bit set, which no encoder writes.
    /// </summary>
    private static bool HasZlibHeader(ReadOnlySpan<byte> body) =>
        body.Length >= 2 && (body[0] & 0x0F) == 8 && body[0] >> 4 <= 7 && ((body[0] << 8) | body[1]) % 31 == 0;

    private static MemoryStream AsStream(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
}
