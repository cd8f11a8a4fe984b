using System.Buffers;
using System.IO.Compression;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Server.Commands.Load.Traffic;

namespace Clew.Bench.Store;

/// <summary>Requests made beforehand, each of new traces, so that sending them costs the sender next to nothing and no span comes twice.</summary>
internal static class TrafficBodies
{
    private const int Services = 20;

    // Traces of the past: a thousand a second up to now.
    private const long TraceIntervalNs = 1_000_000;

    /// <param name="requests">How many.</param>
    /// <param name="spansEach">Spans of each; the last trace whole.</param>
    /// <param name="isGzip">Whether to compress them as senders do.</param>
    /// <param name="seed">Other traces for another.</param>
    /// <param name="startNs">When the first trace starts.</param>
    public static Body[] Create(int requests, int spansEach, bool isGzip, ulong seed, long startNs)
    {
        var bodies = new Body[requests];
        int workers = Environment.ProcessorCount;
        Parallel.For(0, workers, worker =>
        {
            var generator = new TraceGenerator(Services, seed * 1000 + (ulong)worker);
            var output = new ArrayBufferWriter<byte>();
            long atNs = startNs;
            for (int i = worker; i < requests; i += workers)
            {
                var spans = new List<Span>(spansEach + 64);
                for (; spans.Count < spansEach; atNs += TraceIntervalNs * workers)
                    spans.AddRange(generator.Next(atNs));
                output.ResetWrittenCount();
                OtlpProtobufEncoder.Write(output, spans);
                bodies[i] = new Body(isGzip ? Gzip(output.WrittenSpan) : output.WrittenSpan.ToArray(), spans.Count, output.WrittenCount, isGzip, spans[0].TraceId);
            }
        });
        return bodies;
    }

    private static byte[] Gzip(ReadOnlySpan<byte> payload)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(payload);
        return compressed.ToArray();
    }
}

/// <summary>One request.</summary>
internal sealed record Body(byte[] Bytes, int Spans, int PayloadBytes, bool IsGzip, TraceId FirstTrace);
