using System.Text.Json;
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
    private readonly byte[] json = RealisticSpans.OtlpJson(SpanCount);
    private readonly SpanBatchBuilder builder = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = SpanCount, Description = "walk the bytes (floor)")]
    public ulong Walk() => WireWalk.Run(payload);

    [Benchmark(OperationsPerInvoke = SpanCount, Description = "decode into a batch")]
    public int Decode() => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payload, builder).Spans.Count;

    [Benchmark(OperationsPerInvoke = SpanCount, Description = "decode the same as JSON")]
    public int DecodeJson() => SpanDecoder.Decode(BatchFormat.OtlpJson, json, builder).Spans.Count;

    /// <summary>The floor of the JSON decoder: the framework's tokens, looked at by nobody.</summary>
    [Benchmark(OperationsPerInvoke = SpanCount, Description = "tokens of the JSON")]
    public int TokeniseJson()
    {
        var reader = new Utf8JsonReader(json);
        int tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    /// <summary>The figures that count on a shared machine; see <see cref="FastestRounds"/>.</summary>
    public static string ReportRatios(int rounds)
    {
        var benchmark = new OtlpDecodeBenchmark();
        string report = FastestRounds.Report(
            rounds,
            SpanCount,
            "span",
            ("walk (floor)", () => benchmark.Walk()),
            ("decode", () => benchmark.Decode()),
            ("decode JSON", () => benchmark.DecodeJson()),
            ("tokens of JSON", () => benchmark.TokeniseJson()));
        return $"{SpanCount} spans; {benchmark.payload.Length / SpanCount} bytes a span as protobuf, {benchmark.json.Length / SpanCount} as JSON\n{report}";
    }
}
