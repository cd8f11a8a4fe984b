using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Clew.Bench.Store;

/// <summary>Sends prepared requests over several connections, as fast as they are answered or at a rate.</summary>
internal sealed class Sender(Uri endpoint, bool isGrpc, int connections)
{
    /// <summary>Times from sending to the answer, in milliseconds.</summary>
    public ConcurrentBag<double> LatenciesMs { get; } = [];

    /// <summary>Sends all bodies once.</summary>
    /// <param name="bodies">What to send.</param>
    /// <param name="spansPerSecond">Null as fast as possible.</param>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> SendAsync(Body[] bodies, double? spansPerSecond = null)
    {
        int next = -1;
        double spansEach = bodies.Average(static body => body.Spans);
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(ConnectAsync)));
        return Stopwatch.GetElapsedTime(started);

        async Task ConnectAsync()
        {
            // A client each: HTTP/2 would put all requests on one connection.
            using var client = new HttpClient(new SocketsHttpHandler()) { Timeout = TimeSpan.FromMinutes(2) };
            for (int i = Interlocked.Increment(ref next); i < bodies.Length; i = Interlocked.Increment(ref next))
            {
                if (spansPerSecond is { } rate && TimeSpan.FromSeconds(i * spansEach / rate) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
                    await Task.Delay(early);
                long sent = Stopwatch.GetTimestamp();
                using HttpRequestMessage request = isGrpc ? Grpc(bodies[i]) : Http(bodies[i]);
                using HttpResponseMessage response = await client.SendAsync(request);
                await response.Content.ReadAsByteArrayAsync();
                if (!response.IsSuccessStatusCode || (isGrpc && !response.TrailingHeaders.GetValues("grpc-status").SequenceEqual(["0"])))
                    throw new InvalidOperationException($"A request was refused: {response.StatusCode}.");
                LatenciesMs.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }

    private HttpRequestMessage Http(Body body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "v1/traces")) { Content = new ByteArrayContent(body.Bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (body.IsGzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private HttpRequestMessage Grpc(Body body)
    {
        byte[] frame = new byte[5 + body.Bytes.Length];
        frame[0] = body.IsGzip ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), body.Bytes.Length);
        body.Bytes.CopyTo(frame.AsSpan(5));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "opentelemetry.proto.collector.trace.v1.TraceService/Export"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (body.IsGzip)
            request.Headers.Add("grpc-encoding", "gzip");
        return request;
    }
}
