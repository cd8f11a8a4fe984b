using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using Clew.Tracing.Exporters.Delivery;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>
/// Stands where OpenTelemetry's exporter has its network: takes the requests it encodes into the delivery queue and answers at once that they have arrived.
/// The exporter itself would drop what a server that is away does not take. Called by one thread at a time, the exporting one.
/// </summary>
internal sealed class QueueingHandler(DeliveryQueue queue, bool isGrpc, bool gzip) : HttpMessageHandler
{
    /// <summary>A gRPC message begins with a flag byte and four bytes of length.</summary>
    private const int FrameBytes = 5;

    private readonly MemoryStream body = new();
    private readonly MemoryStream compressed = new();

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        body.SetLength(0);
        request.Content!.CopyTo(body, null, cancellationToken);
        ReadOnlySpan<byte> message = body.GetBuffer().AsSpan(0, (int)body.Length);
        ReadOnlySpan<byte> payload = isGrpc ? message[FrameBytes..] : message;
        int spans = OtlpRequest.CountSpans(payload);
        bool kept = queue.Enqueue(gzip ? Compress(payload) : message, spans);
        var answer = new HttpResponseMessage(kept ? HttpStatusCode.OK : HttpStatusCode.BadRequest) { Version = request.Version, Content = new ByteArrayContent([]) };
        if (isGrpc)
            answer.Headers.TryAddWithoutValidation("grpc-status", "0");
        return answer;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            compressed.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>As HTTP's content coding, or as a compressed gRPC message.</summary>
    private ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> payload)
    {
        compressed.SetLength(0);
        if (isGrpc)
            compressed.Write([1, 0, 0, 0, 0]);
        using (var stream = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(payload);
        Span<byte> result = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
        if (isGrpc)
            BinaryPrimitives.WriteInt32BigEndian(result[1..], result.Length - FrameBytes);
        return result;
    }
}
