using System.IO.Compression;
using System.Net.Http.Headers;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Receivers.Support;

/// <summary>Posts bodies and packs them.</summary>
internal static class HttpSend
{
    public static async Task<HttpResponseMessage> PostAsync(
        this TestServer server, ListenerRole role, string path, byte[] body, string? contentType, string? contentEncoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (contentEncoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        return await server.Client(role).SendAsync(request);
    }

    public static Task<HttpResponseMessage> PostOtlpAsync(this TestServer server, byte[] body, string contentType = "application/x-protobuf", string? encoding = null) =>
        server.PostAsync(ListenerRole.OtlpHttp, "/v1/traces", body, contentType, encoding);

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Gzip of that many zero bytes, made without having them in memory.</summary>
    public static byte[] Bomb(long bytes)
    {
        byte[] zeros = new byte[1 << 20];
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            for (long left = bytes; left > 0; left -= zeros.Length)
                stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }
        return packed.ToArray();
    }

    public static string? RetryAfter(this HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } value ? RetryConditionHeaderValue.Parse(value.ToString()).Delta?.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
}
