using System.Text;
using Clew.Formats.Jaeger;
using Clew.Formats.Tests.Protobuf;
using Clew.TestKit;

namespace Clew.Formats.Tests.Jaeger;

public sealed class JaegerQueryReaderTests
{
    private static readonly byte[] Time = [.. WireBytes.VarintField(1, 1_700_000_000), .. WireBytes.VarintField(2, 5)];

    private static readonly byte[] Filter =
    [
        .. WireBytes.Field(1, "and"),
        .. WireBytes.Field(2, WireBytes.Field(6,
            WireBytes.Field(1, "in"),
            WireBytes.Field(2, WireBytes.Field(1, WireBytes.Field(1, "n"), WireBytes.Field(2, "span"))),
            WireBytes.Field(2, WireBytes.Field(5, WireBytes.Field(1, "4"), WireBytes.Field(1, "5"), WireBytes.Field(2, "int"))))),
        .. WireBytes.Field(2, WireBytes.Field(6,
            WireBytes.Field(1, "some"),
            WireBytes.Field(2, WireBytes.Field(3, WireBytes.Field(1, "event"))),
            WireBytes.Field(2, WireBytes.Field(6,
                WireBytes.Field(1, "eq"),
                WireBytes.Field(2, WireBytes.Field(2, WireBytes.Field(1, "name"), WireBytes.Field(2, "event"))),
                WireBytes.Field(2, WireBytes.Field(4, WireBytes.Field(1, "retry"), WireBytes.Field(2, "string"))))))),
        .. WireBytes.Field(2, []),
    ];

    private static readonly byte[] Search = WireBytes.Field(
        1,
        WireBytes.Field(1, "web"),
        WireBytes.Field(2, "GET /"),
        WireBytes.Field(3, WireBytes.Field(1, "a"), WireBytes.Field(2, "1")),
        WireBytes.Field(3, WireBytes.Field(1, "b")),
        WireBytes.Field(4, Time),
        WireBytes.Field(5, Time),
        WireBytes.Field(6, WireBytes.VarintField(2, 1500)),
        WireBytes.Field(7, WireBytes.VarintField(1, 2)),
        WireBytes.VarintField(8, 20),
        WireBytes.VarintField(9, 1),
        WireBytes.Field(10, Filter));

    [Fact]
    public void A_search_is_read_with_all_its_parameters()
    {
        JaegerSearchRequest search = JaegerQueryReader.ReadFindTraces(Search)!;

        Assert.Equal(("web", "GET /", 20, true, true), (search.Service, search.Operation, search.Depth, search.Raw, search.Filter is not null));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "" }, search.Tags);
        Assert.Equal((1_700_000_000_000_000_005, 1_700_000_000_000_000_005), (search.StartMinNs, search.StartMaxNs));
        Assert.Equal((1500L, 2_000_000_000L), (search.DurationMinNs, search.DurationMaxNs));
    }

    [Fact]
    public void A_structured_filter_is_read_as_it_was_nested()
    {
        JaegerExpression.Call and = JaegerQueryReader.ReadFindTraces(Search)!.Filter!;

        Assert.Equal(("and", 3), (and.Operator, and.Operands.Count));
        var isIn = Assert.IsType<JaegerExpression.Call>(and.Operands[0]);
        Assert.Equal(new JaegerExpression.Attribute("n", "span"), isIn.Operands[0]);
        var list = Assert.IsType<JaegerExpression.List>(isIn.Operands[1]);
        Assert.Equal(("int", "4 5"), (list.Type, string.Join(' ', list.Values)));
        var some = Assert.IsType<JaegerExpression.Call>(and.Operands[1]);
        Assert.Equal(new JaegerExpression.Nested("event"), some.Operands[0]);
        Assert.Equal(
            [new JaegerExpression.Field("name", "event"), new JaegerExpression.Scalar("retry", "string")],
            Assert.IsType<JaegerExpression.Call>(some.Operands[1]).Operands);
        Assert.Equal(new JaegerExpression.Empty(), and.Operands[2]);
    }

    [Fact]
    public void What_is_not_given_is_told_apart_from_zero()
    {
        Assert.Null(JaegerQueryReader.ReadFindTraces([]));
        JaegerSearchRequest search = JaegerQueryReader.ReadFindTraces(WireBytes.Field(1, WireBytes.Field(5, [])))!;
        Assert.Equal((null, 0L), (search.StartMinNs, search.StartMaxNs));
        byte[] yearOne = WireBytes.VarintField(1, unchecked((ulong)-62_135_596_800));
        Assert.Equal(new JaegerDependenciesRequest(null, 1_700_000_000_000_000_005), JaegerQueryReader.ReadGetDependencies([.. WireBytes.Field(1, yearOne), .. WireBytes.Field(2, Time)]));
    }

    [Fact]
    public void The_other_requests_are_read()
    {
        JaegerTraceRequest trace = JaegerQueryReader.ReadGetTrace([.. WireBytes.Field(1, "1f"), .. WireBytes.Field(2, Time), .. WireBytes.VarintField(4, 1), .. WireBytes.Field(77, "new")]);
        Assert.Equal(("1f", true), (Encoding.UTF8.GetString(trace.TraceId), trace.Raw));
        Assert.Equal(new JaegerOperationsRequest("web", "server"), JaegerQueryReader.ReadGetOperations([.. WireBytes.Field(1, "web"), .. WireBytes.Field(2, "server")]));
    }

    [Fact]
    public void Broken_requests_are_refused_or_read()
    {
        byte[][] valid = [Search, [.. WireBytes.Field(1, "web"), .. WireBytes.Field(2, Time)]];
        DecoderFuzzer.Run(message => JaegerQueryReader.ReadFindTraces(message), [Search], cases: 3000);
        DecoderFuzzer.Run(message => JaegerQueryReader.ReadGetTrace(message), valid[1..], cases: 1000);
        DecoderFuzzer.Run(message => JaegerQueryReader.ReadGetDependencies(message), [[.. WireBytes.Field(1, Time), .. WireBytes.Field(2, Time)]], cases: 1000);
        DecoderFuzzer.Run(message => JaegerQueryReader.ReadGetOperations(message), [[.. WireBytes.Field(1, "web"), .. WireBytes.Field(2, "x")]], cases: 1000);
    }
}
