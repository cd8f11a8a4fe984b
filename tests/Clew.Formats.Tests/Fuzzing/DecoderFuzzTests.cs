using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Clew.Formats.Jaeger;
using Clew.Formats.Otlp;
using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.TestKit;
using Xunit.Abstractions;

namespace Clew.Formats.Tests.Fuzzing;

/// <summary>
/// Broken payloads of every format: each is decoded or refused with <see cref="SpanFormatException"/>, and what is decoded can be answered by every encoder.
/// </summary>
public sealed class DecoderFuzzTests(ITestOutputHelper output)
{
    private const int Cases = 2_000;

    // Eleven formats: twelve million in all.
    private const int LongCases = 1_100_000;

    // Encoding costs more than decoding; one in so many decoded payloads finds what there is to find.
    private const int EncodeEvery = 8;

    private readonly SpanBatchBuilder builder = new(new SpanBatchLimits { SpansMax = 200, SpanAttributesMax = 2000, OtherAttributesMax = 1000, ElementsMax = 500, EventsMax = 200, LinksMax = 200, ResourcesMax = 50 });
    private readonly ArrayBufferWriter<byte> answer = new();
    private int decoded;

    public static TheoryData<BatchFormat> Formats => [.. Enum.GetValues<BatchFormat>().Where(static format => format != BatchFormat.None)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Broken_payloads_are_refused_or_read(BatchFormat format) => Fuzz(format, Cases, seed: 0);

    [Theory]
    [MemberData(nameof(Formats))]
    [Trait("Category", "Long")]
    public void A_million_broken_payloads_are_refused_or_read(BatchFormat format)
    {
        long start = Stopwatch.GetTimestamp();
        Fuzz(format, LongCases, Properties.IsRandom ? Random.Shared.Next() : 1);
        output.WriteLine($"{format}: {LongCases} broken payloads, {decoded} of them decoded, in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
    }

    private void Fuzz(BatchFormat format, int cases, int seed)
    {
        IReadOnlyList<byte[]> valid = FuzzCorpus.Of(format);
        DecoderFuzzer.Run(payload => DecodeAndAnswer(format, payload), valid, (cases + valid.Count - 1) / valid.Count, seed);
    }

    private void DecodeAndAnswer(BatchFormat format, byte[] payload)
    {
        Span[] spans = SpanReader.ReadAll(SpanDecoder.Decode(format, payload, builder));
        if (++decoded % EncodeEvery == 0)
            Answer(spans);
    }

    private void Answer(Span[] spans)
    {
        answer.ResetWrittenCount();
        OtlpProtobufEncoder.Write(answer, spans);
        using (var encoder = new JaegerProtobufEncoder())
            encoder.Write(answer, spans);
        using var writer = new Utf8JsonWriter(answer);
        OtlpJsonEncoder.Write(writer, spans);
        foreach (Span span in spans)
        {
            writer.Reset();
            ZipkinV2JsonEncoder.WriteSpan(writer, span);
            writer.Reset();
            JaegerJsonEncoder.WriteTrace(writer, new Clew.Model.Trace(span.TraceId, [span]));
        }
    }
}
