using System.Text;
using Clew.Formats.Tests.Zipkin.V1;
using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.TestKit;

namespace Clew.Formats.Tests.Zipkin;

public sealed class ZipkinFormatTests
{
    private static readonly BatchFormat[] All = [BatchFormat.ZipkinV2Json, BatchFormat.ZipkinV1Json, BatchFormat.ZipkinProto3, BatchFormat.ZipkinV1Thrift];

    [Theory]
    [InlineData("node-zipkin-js.bin", BatchFormat.ZipkinV2Json)]
    [InlineData("node-zipkin-v2-json.bin", BatchFormat.ZipkinV2Json)]
    [InlineData("zipkin-go-0.1.5-json.03.bin", BatchFormat.ZipkinV2Json)]
    [InlineData("node-zipkin-js-v1.bin", BatchFormat.ZipkinV1Json)]
    [InlineData("node-zipkin-proto3.bin", BatchFormat.ZipkinProto3)]
    public void A_recorded_request_is_known_whatever_was_expected(string file, BatchFormat format)
    {
        byte[] payload = File.ReadAllBytes(Path.Combine(Fixtures.Captures, file));
        Assert.All(All, expected => Assert.Equal(format, ZipkinFormat.Detect(payload, expected)));
    }

    [Fact]
    public void A_Thrift_list_is_known_whatever_was_expected() =>
        Assert.All(All, expected => Assert.Equal(BatchFormat.ZipkinV1Thrift, ZipkinFormat.Detect(ZipkinV1TestSpan.ThriftList(new ZipkinV1TestSpan()), expected)));

    [Theory]
    [InlineData("""[{"binaryAnnotations":[]}]""", BatchFormat.ZipkinV1Json)]
    [InlineData("""[{"annotations":[{"endpoint":{}}]}]""", BatchFormat.ZipkinV1Json)]
    [InlineData("""[{"id":"1"},{"tags":{}}]""", BatchFormat.ZipkinV2Json)]
    [InlineData("""[{"kind":"CLIENT"}]""", BatchFormat.ZipkinV2Json)]
    [InlineData("""[{"localEndpoint":{},"tags":{"binaryAnnotations":"binaryAnnotations\":"}}]""", BatchFormat.ZipkinV2Json)]
    [InlineData("""[{"annotations":[{"value":"\"tags\" and localEndpoint\""}],"binaryAnnotations":[]}]""", BatchFormat.ZipkinV1Json)]
    [InlineData("\uFEFF \r\n [{\"tags\":{}}]", BatchFormat.ZipkinV2Json)]
    [InlineData("\n[{\"binaryAnnotations\":[]}]", BatchFormat.ZipkinV1Json)]
    public void The_version_of_JSON_is_read_from_its_keys(string json, BatchFormat format) =>
        Assert.All(All, expected => Assert.Equal(format, ZipkinFormat.Detect(Encoding.UTF8.GetBytes(json), expected)));

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"traceId":"1","id":"2","annotations":[{"timestamp":1,"value":"a"}]}]""")]
    [InlineData("[{")]
    public void JSON_that_both_versions_have_is_of_the_expected_one(string json)
    {
        byte[] payload = Encoding.UTF8.GetBytes(json);
        Assert.Equal(BatchFormat.ZipkinV2Json, ZipkinFormat.Detect(payload, BatchFormat.ZipkinV2Json));
        Assert.Equal(BatchFormat.ZipkinV2Json, ZipkinFormat.Detect(payload, BatchFormat.ZipkinProto3));
        Assert.Equal(BatchFormat.ZipkinV1Json, ZipkinFormat.Detect(payload, BatchFormat.ZipkinV1Json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{}")]
    [InlineData("hello")]
    [InlineData("\u0001\u0002")]
    public void What_is_none_of_the_four_stays_what_was_expected(string body) =>
        Assert.All(All, expected => Assert.Equal(expected, ZipkinFormat.Detect(Encoding.Latin1.GetBytes(body), expected)));

    [Fact]
    public void JSON_behind_a_line_feed_that_divides_into_spans_by_chance_is_JSON_where_JSON_is_expected()
    {
        // 0x0a 0x5b: as proto3, one span of 91 bytes.
        byte[] payload = Encoding.UTF8.GetBytes("\n[" + "{\"tags\":{}}".PadRight(90) + "]");
        Assert.Equal(BatchFormat.ZipkinV2Json, ZipkinFormat.Detect(payload, BatchFormat.ZipkinV1Json));
    }

    [Fact]
    public void Damaged_bodies_are_looked_at_without_harm()
    {
        byte[][] valid = [.. Directory.GetFiles(Fixtures.Captures, "*zipkin*.bin").Select(File.ReadAllBytes)];
        DecoderFuzzer.Run(payload => ZipkinFormat.Detect(payload, BatchFormat.ZipkinV2Json), valid, 200);
    }
}
