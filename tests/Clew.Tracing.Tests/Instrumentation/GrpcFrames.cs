using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Tests.Instrumentation;

/// <summary>gRPC as bytes on HTTP/2, on both sides, without a library (gRPC over HTTP/2).</summary>
internal static class GrpcFrames
{
    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        byte[] frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    public static async Task<HttpResponseMessage> CallAsync(HttpClient client, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(Frame("hello"u8)) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc+proto") } };
        request.Headers.TE.Add(new("trailers"));
        return await client.SendAsync(request);
    }

    /// <summary>Reads the message and answers with the status that is asked for: in the trailers after a message, or in the headers without one.</summary>
    public static async Task ServeAsync(HttpContext context, int status, bool trailersOnly, string? message = null)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "application/grpc+proto";
        if (trailersOnly)
        {
            context.Response.Headers["grpc-status"] = $"{status}";
            context.Response.Headers["grpc-message"] = message;
            return;
        }
        await context.Response.Body.WriteAsync(Frame("hello"u8));
        context.Response.AppendTrailer("grpc-status", $"{status}");
        if (message is not null)
            context.Response.AppendTrailer("grpc-message", message);
    }
}
