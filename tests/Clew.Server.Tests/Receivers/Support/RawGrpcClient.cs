using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Receivers.Support;

/// <summary>Sends bytes as a gRPC request over one HTTP/2 connection, right or wrong, and shows the answer as it is on the wire.</summary>
internal sealed class RawGrpcClient : IDisposable
{
    public const string Export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly HttpClient client;
    private int connections;

    public RawGrpcClient(TestServer server, ListenerRole role = ListenerRole.OtlpGrpc)
        : this(server.EndPoint(role))
    {
    }

    public RawGrpcClient(IPEndPoint server)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref connections);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        client = new HttpClient(handler)
        {
            BaseAddress = new Uri($"http://{server}"),
        };
    }

    /// <summary>Connections opened so far.</summary>
    public int Connections => connections;

    public Task<Answer> ExportAsync(byte[] message) => SendAsync(Export, Frame(message));

    public async Task<Answer> SendAsync(string path, byte[] body, string? encoding = null, string contentType = "application/grpc", int pieceBytes = int.MaxValue)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new PieceContent(body, pieceBytes),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("te", "trailers");
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        return new Answer(response.StatusCode, answer, Find("grpc-status"), Find("grpc-message"), Find("grpc-status-details-bin"), Find("grpc-accept-encoding"));

        string? Find(string name) =>
            response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values) ? values.Single() : null;
    }

    public void Dispose() => client.Dispose();

    public static byte[] Frame(byte[] message, bool compressed = false)
    {
        byte[] frame = new byte[5 + message.Length];
        frame[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>What came back, trailers and Trailers-Only headers alike.</summary>
    public sealed record Answer(HttpStatusCode HttpStatus, byte[] Body, string? StatusText, string? Message, string? Details, string? AcceptEncoding)
    {
        public int Status => int.Parse(StatusText ?? throw new InvalidOperationException($"No grpc-status; HTTP {HttpStatus}."), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Writes pieces with a flush between, so that they become DATA frames of their own.</summary>
    private sealed class PieceContent(byte[] body, int pieceBytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (int at = 0; at < body.Length; at += Math.Min(pieceBytes, body.Length - at))
            {
                await stream.WriteAsync(body.AsMemory(at, Math.Min(pieceBytes, body.Length - at)));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
