using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Clew.Formats.Jaeger;
using Clew.Formats.Otlp;
using Clew.Formats.Zipkin;
using Clew.Model;

namespace Clew.Server.Commands.Sending;

/// <summary>Spans as the bodies of requests.</summary>
internal static class SpanEncoder
{
    /// <summary>One request, but for Jaeger, which has one for each process and for as much as a datagram holds.</summary>
    public static IEnumerable<EncodedSpans> Encode(SpanProtocol protocol, IReadOnlyList<Span> spans, bool isGzip) => protocol.Kind switch
    {
        SpanProtocolKind.JaegerHttp => Processes(spans).Select(process => Jaeger(BatchFormat.JaegerThriftBinaryBatch, process, isGzip)),
        SpanProtocolKind.JaegerUdp => Processes(spans).SelectMany(Datagrams),
        _ => [new EncodedSpans(Body(protocol.Kind, spans, isGzip), spans)],
    };

    private static byte[] Body(SpanProtocolKind kind, IReadOnlyList<Span> spans, bool isGzip)
    {
        var output = new ArrayBufferWriter<byte>(spans.Count * 1024);
        switch (kind)
        {
            case SpanProtocolKind.OtlpGrpc:
            case SpanProtocolKind.OtlpHttp:
                OtlpProtobufEncoder.Write(output, spans);
                break;
            case SpanProtocolKind.OtlpHttpJson:
                WriteJson(output, writer => OtlpJsonEncoder.Write(writer, spans));
                break;
            default:
                WriteJson(output, writer => ZipkinV2JsonEncoder.WriteSpans(writer, spans));
                break;
        }
        return Finish(output.WrittenSpan, isGzip, frameBytes: kind == SpanProtocolKind.OtlpGrpc ? GrpcSpanSender.FrameBytes : 0);
    }

    private static void WriteJson(ArrayBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        using var writer = new Utf8JsonWriter(output, Api.JsonAnswer.Compact);
        write(writer);
    }

    private static List<Span>[] Processes(IReadOnlyList<Span> spans) => [.. spans.GroupBy(static span => span.Resource).Select(static group => group.ToList())];

    private static EncodedSpans Jaeger(BatchFormat format, List<Span> process, bool isGzip)
    {
        var output = new ArrayBufferWriter<byte>(process.Count * 1024);
        JaegerThriftEncoder.Write(output, format, process[0].Resource, CollectionsMarshal.AsSpan(process));
        return new EncodedSpans(Finish(output.WrittenSpan, isGzip, frameBytes: 0), process);
    }

    // Halved until each part fits; a single span that does not is sent all the same, and counted by the system's refusal.
    private static IEnumerable<EncodedSpans> Datagrams(List<Span> process)
    {
        EncodedSpans whole = Jaeger(BatchFormat.JaegerThriftCompactMessage, process, isGzip: false);
        if (whole.Body.Length <= UdpSpanSender.DatagramBytesMax || process.Count == 1)
            return [whole];
        int half = process.Count / 2;
        return Datagrams(process[..half]).Concat(Datagrams(process[half..]));
    }

    private static byte[] Finish(ReadOnlySpan<byte> message, bool isGzip, int frameBytes)
    {
        byte[] body;
        if (isGzip)
        {
            using var compressed = new MemoryStream(message.Length / 4);
            compressed.SetLength(frameBytes);
            compressed.Position = frameBytes;
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(message);
            body = compressed.ToArray();
        }
        else
        {
            body = new byte[frameBytes + message.Length];
            message.CopyTo(body.AsSpan(frameBytes));
        }
        if (frameBytes > 0)
            GrpcSpanSender.WriteFrame(body, body.Length - frameBytes, isGzip);
        return body;
    }
}

/// <summary>A request body and the spans in it.</summary>
internal sealed record EncodedSpans(byte[] Body, IReadOnlyList<Span> Spans);
