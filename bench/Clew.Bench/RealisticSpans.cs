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

    /// <summary>Requests one after the other: their traces differ, their processes and values are of the same system.</summary>
    public static IEnumerable<byte[]> OtlpProtobufBatches(int batches, int spansABatch)
    {
        var generator = new TraceGenerator(Services, seed: 1);
        for (int batch = 0; batch < batches; batch++)
        {
            var output = new ArrayBufferWriter<byte>();
            OtlpProtobufEncoder.Write(output, Spans(generator, spansABatch));
            yield return output.WrittenSpan.ToArray();
        }
    }

    private static List<Span> Spans(int count) => Spans(new TraceGenerator(Services, seed: 1), count);

    private static List<Span> Spans(TraceGenerator generator, int count)
    {
        var spans = new List<Span>(count);
        while (spans.Count < count)
            spans.AddRange(generator.Next(NowNs));
        return spans[..count];
    }
}
