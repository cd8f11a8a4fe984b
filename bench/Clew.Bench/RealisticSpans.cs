using System.Buffers;
using System.Text.Json;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Server.Commands.Load.Traffic;

namespace Clew.Bench;

/// <summary>An OTLP request of the shape real services send, as <c>clew load</c> makes it. The same bytes on every run.</summary>
internal static class RealisticSpans
{
    private const long NowNs = 1_795_000_000_000_000_000;

    // Batches of an SDK are of one process; a collector's are of a few.
    private const int Services = 4;

    public static byte[] OtlpProtobuf(int spanCount)
    {
        var output = new ArrayBufferWriter<byte>();
        OtlpProtobufEncoder.Write(output, Spans(spanCount));
        return output.WrittenSpan.ToArray();
    }

    public static byte[] OtlpJson(int spanCount)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
            OtlpJsonEncoder.Write(writer, Spans(spanCount));
        return output.WrittenSpan.ToArray();
    }

    private static List<Span> Spans(int count)
    {
        var generator = new TraceGenerator(Services, seed: 1);
        var spans = new List<Span>(count);
        while (spans.Count < count)
            spans.AddRange(generator.Next(NowNs));
        return spans[..count];
    }
}
