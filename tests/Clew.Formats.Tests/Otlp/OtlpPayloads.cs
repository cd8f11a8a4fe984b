using System.Buffers;
using System.Text.Json;
using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Formats.Tests.Otlp;

/// <summary>Spans as request bodies.</summary>
internal static class OtlpPayloads
{
    public static byte[] Protobuf(IEnumerable<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        OtlpProtobufEncoder.Write(output, spans);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Json(IEnumerable<Span> spans)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
            OtlpJsonEncoder.Write(writer, spans);
        return output.WrittenSpan.ToArray();
    }
}
