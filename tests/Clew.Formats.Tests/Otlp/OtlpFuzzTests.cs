using Clew.Model;
using Clew.TestKit;
using Clew.TestKit.Captures;

namespace Clew.Formats.Tests.Otlp;

public sealed class OtlpFuzzTests
{
    private readonly SpanBatchBuilder builder = new(new SpanBatchLimits { SpansMax = 200, SpanAttributesMax = 2000, OtherAttributesMax = 1000, ElementsMax = 500, EventsMax = 200, LinksMax = 200, ResourcesMax = 50 });

    [Fact]
    public void Broken_protobuf_is_refused_or_read_but_never_breaks_the_decoder()
    {
        byte[][] valid = [.. new Capture("node-otlp-http-proto").Payloads(), .. new Capture("otel-go-1.9.0-otlp-http-rich").Payloads(), OtlpPayloads.Protobuf(OtlpBatches.Ordinary(20))];
        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payload, builder)), valid, cases: 2000);
    }

    [Fact]
    public void Broken_json_is_refused_or_read_but_never_breaks_the_decoder()
    {
        byte[][] valid = [.. new Capture("node-otlp-http-json").Payloads(), OtlpPayloads.Json(OtlpBatches.Ordinary(20))];
        DecoderFuzzer.Run(payload => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpJson, payload, builder)), valid, cases: 2000);
    }

    [Fact]
    public void Declared_lengths_take_no_memory()
    {
        byte[][] valid = [OtlpPayloads.Protobuf(OtlpBatches.Ordinary(20))];
        Action<byte[]> decode = payload => SpanDecoder.Decode(BatchFormat.OtlpProtobuf, payload, builder);
        long largest = 0;
        DecoderFuzzer.Run(
            payload =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    decode(payload);
                }
                finally
                {
                    largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
                }
            },
            valid,
            cases: 2000);
        // The tables can grow to their limits once (rows of at most 150 bytes), and an exception costs a few KiB.
        Assert.InRange(largest, 0, 1 << 20);
    }
}
