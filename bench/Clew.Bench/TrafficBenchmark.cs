using System.Buffers;
using BenchmarkDotNet.Attributes;
using Clew.Formats.Otlp;
using Clew.Model;
using Clew.Server.Commands.Load.Traffic;

namespace Clew.Bench;

/// <summary>What <c>clew load</c> costs a span before anything is sent: making traces, encoding them, rewriting a prepared body.</summary>
[MemoryDiagnoser]
public class TrafficBenchmark
{
    private const int Spans = 512;
    private const long NowNs = 1_795_000_000_000_000_000;

    private readonly TraceGenerator generator = new(services: 20, seed: 1);
    private readonly ArrayBufferWriter<byte> output = new(1 << 20);
    private readonly OtlpReplayBody body = new(RealisticSpans.OtlpProtobuf(Spans));
    private readonly List<Span> made = [];
    private byte[] copy = [];
    private ulong mask;

    [GlobalSetup]
    public void Setup()
    {
        copy = new byte[body.Length];
        Generate();
    }

    [Benchmark(OperationsPerInvoke = Spans)]
    public int Generate()
    {
        made.Clear();
        while (made.Count < Spans)
            made.AddRange(generator.Next(NowNs));
        made.RemoveRange(Spans, made.Count - Spans);
        return made.Count;
    }

    [Benchmark(OperationsPerInvoke = Spans)]
    public int Encode()
    {
        output.ResetWrittenCount();
        OtlpProtobufEncoder.Write(output, made);
        return output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Spans)]
    public byte Rewrite()
    {
        body.Rewrite(copy, ++mask, shiftNs: 1);
        return copy[0];
    }
}
