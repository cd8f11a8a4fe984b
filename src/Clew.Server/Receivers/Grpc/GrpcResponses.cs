using System.Globalization;
using System.Text;

namespace Clew.Server.Receivers.Grpc;

/// <summary>Answers: messages and a status in trailers, or a status alone in the headers ("Trailers-Only").</summary>
internal static class GrpcResponses
{
    // Kestrel's limit for all headers together is 32 KiB; a message tripled by encoding stays far below it.
    private const int MessageCharsMax = 1024;

    /// <summary>Sets what every answer carries; requests that are not gRPC get 415 as the protocol demands, those over HTTP/1.1
    /// (which has no trailers) 505, and false is returned.</summary>
    public static bool TryBegin(HttpContext context)
    {
        string? mediaType = MediaTypes.Of(context.Request);
        if (mediaType is not ("application/grpc" or "application/grpc+proto"))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            context.Response.StatusCode = StatusCodes.Status505HttpVersionNotsupported;
            return false;
        }
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        return true;
    }

    /// <summary>Ends the call after its messages, if any.</summary>
    public static void Succeed(HttpContext context) => context.Response.AppendTrailer("grpc-status", "0");

    /// <summary>
    /// Ends the call without a further message; <paramref name="retryAfter"/> becomes a RetryInfo detail, which makes OTLP clients try again.
    /// </summary>
    public static void Fail(HttpContext context, GrpcStatusCode code, string message, TimeSpan? retryAfter = null)
    {
        HttpResponse response = context.Response;
        message = message.Length > MessageCharsMax ? message[..MessageCharsMax] : message;
        Set("grpc-status", ((int)code).ToString(CultureInfo.InvariantCulture));
        Set("grpc-message", PercentEncode(message));
        if (retryAfter is not null)
            Set("grpc-status-details-bin", Convert.ToBase64String(RpcStatus.ToProtobuf(code, message, retryAfter).Span).TrimEnd('='));

        void Set(string name, string value)
        {
            if (response.HasStarted)
                response.AppendTrailer(name, value);
            else
                response.Headers[name] = value;
        }
    }

    /// <summary>Printable ASCII but "%" stays, every other byte of the UTF-8 form becomes %XX (gRPC over HTTP/2, "Status-Message").</summary>
    internal static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
                encoded.Append((char)b);
            else
                encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }
}
