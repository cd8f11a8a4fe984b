using System.Buffers;
using Clew.Formats.Zipkin;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin;

/// <summary>Decodes and encodes proto3 for the tests of this folder.</summary>
internal static class ZipkinProto3
{
    public static Span[] Decode(byte[] payload) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.ZipkinProto3, payload, new SpanBatchBuilder()));

    public static byte[] Encode(params IEnumerable<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        ZipkinProto3Encoder.Write(output, spans);
        return output.WrittenSpan.ToArray();
    }
}
