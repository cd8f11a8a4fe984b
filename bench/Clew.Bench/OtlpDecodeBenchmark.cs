using BenchmarkDotNet.Attributes;
using Clew.Formats;
using Clew.Model;

namespace Clew.Bench;

/// <summary>Decoding an OTLP request into a batch, per span, beside a bare walk over the same bytes.</summary>
[MemoryDiagnoser]
public class OtlpDecodeBenchmark
{
    private const int SpanCount = 512;

    private readonly byte[] payload = RealisticSpans.OtlpProtobuf(SpanCount);
    private readonly SpanBatchBuilder builder = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = SpanCount, Description = "walk the bytes (floor)")]
    public ulong Walk() => WireWalk.Run(payload);

    [Benchmark(OperationsPerInvoke = SpanCount, Description = "decode into a batch")]
    public int Decode() => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payload, builder).Spans.Count;

    public static void PrintRatio(int rounds)
    {
        var benchmark = new OtlpDecodeBenchmark();
        Console.WriteLine($"{SpanCount} spans, {benchmark.payload.Length / SpanCount} bytes a span");
        FastestRounds.Print(rounds, SpanCount, () => benchmark.Walk(), () => benchmark.Decode());
    }
}
