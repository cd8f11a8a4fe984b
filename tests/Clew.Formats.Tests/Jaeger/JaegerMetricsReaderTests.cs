using Clew.Formats.Jaeger;
using Clew.Formats.Tests.Protobuf;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerMetricsReaderTests
{
    private static readonly byte[] Request =
    [
        .. WireBytes.Field(1,
            WireBytes.Field(1, "web"),
            WireBytes.Field(1, "cart"),
            WireBytes.VarintField(2, 1),
            WireBytes.Field(3, WireBytes.VarintField(1, 1_700_000_000), WireBytes.VarintField(2, 5)),
            WireBytes.Field(4, WireBytes.VarintField(1, 3600)),
            WireBytes.Field(5, WireBytes.VarintField(1, 60)),
            WireBytes.Field(6, WireBytes.VarintField(1, 600)),
            WireBytes.Field(7, [2, 3]),
            WireBytes.VarintField(7, 4)),
        .. WireBytes.Fixed64Field(2, BitConverter.DoubleToUInt64Bits(0.95)),
        .. WireBytes.Field(77, "new"),
    ];

    [Fact]
    public void A_request_is_read_with_all_its_parameters()
    {
        JaegerMetricsRequest request = JaegerMetricsReader.Read(Request);

        Assert.Equal(["web", "cart"], request.Services);
        Assert.Equal((true, 0.95), (request.ByOperation, request.Quantile));
        Assert.Equal((1_700_000_000_000_000_005, 3_600_000_000_000, 60_000_000_000, 600_000_000_000), (request.EndNs, request.LookbackNs, request.StepNs, request.RatePerNs));
        Assert.Equal([2UL, 3, 4], request.Kinds);
    }

    [Fact]
    public void What_is_not_given_is_null_or_empty()
    {
        JaegerMetricsRequest request = JaegerMetricsReader.Read([]);

        Assert.Empty(request.Services);
        Assert.Equal((null, null, 0.0), (request.EndNs, request.StepNs, request.Quantile));
    }

    [Fact]
    public void Broken_requests_are_refused_or_read()
    {
        Assert.Throws<SpanFormatException>(() => JaegerMetricsReader.Read([0xFF]));
        DecoderFuzzer.Run(message => JaegerMetricsReader.Read(message), [Request], cases: 3000);
    }
}
