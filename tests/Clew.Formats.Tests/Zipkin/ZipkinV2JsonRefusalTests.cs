using System.Text;
using Clew.Model;

namespace Clew.Formats.Tests.Zipkin;

/// <summary>What is refused, and with which words: Zipkin's, then the place.</summary>
public sealed class ZipkinV2JsonRefusalTests
{
    [Theory]
    [InlineData("", "Expected a JSON_V2 encoded list at byte 0")]
    [InlineData("  ", "Expected a JSON_V2 encoded list at byte 2")]
    [InlineData(" {}", "Expected a JSON_V2 encoded list at byte 1")]
    [InlineData("hello", "Expected a JSON_V2 encoded list at byte 0")]
    public void What_is_no_list_is_refused(string json, string message) => Assert.Equal(message, ZipkinJson.Refusal(json));

    [Fact]
    public void Version_1_is_named() => Assert.Equal(
        "Expected a JSON_V2 encoded list, but received: JSON_V1 at byte 46",
        ZipkinJson.Refusal("""[{"traceId":"1","id":"2","binaryAnnotations": [{"key":"lc","value":""}]}]"""));

    [Fact]
    public void A_tag_that_merely_speaks_of_version_1_is_no_reason_to_refuse() =>
        Assert.Single(ZipkinJson.DecodeMembers("""  "tags":{"binaryAnnotations":"binaryAnnotations\":"} """).Attributes);

    [Theory]
    [InlineData("""[{}]""", "Missing : traceId id", 1)]
    [InlineData("""[{"id":"2"}]""", "Missing : traceId", 1)]
    [InlineData("""[ {"traceId":"1"}]""", "Missing : id", 2)]
    [InlineData("""[{"traceId":"","id":"2"}]""", "traceId is empty", 12)]
    [InlineData("""[{"traceId":"7180c278b62e8f6a216a2aea45d08fc9a"}]""", "traceId.length > 32", 12)]
    [InlineData("""[{"traceId":"00000000000000000000000000000000"}]""", "traceId is all zeros", 12)]
    [InlineData("""[{"traceId":"0"}]""", "traceId is all zeros", 12)]
    [InlineData("""[{"traceId":"0x1"}]""", "0x1 should be lower-hex encoded with no prefix", 12)]
    [InlineData("""[{"traceId":null}]""", "No value at $[0].traceId", 12)]
    [InlineData("""[{"traceId":true}]""", "Expected a string but was BOOLEAN at $[0].traceId", 12)]
    [InlineData("""[{"id":""}]""", "id is empty", 7)]
    [InlineData("""[{"id":"0000000000000000"}]""", "id is all zeros", 7)]
    [InlineData("""[{"id":"12345678901234567"}]""", "id.length > 16", 7)]
    [InlineData("""[{"id":"g"}]""", "g should be lower-hex encoded with no prefix", 7)]
    [InlineData("""[{"id":null}]""", "No value at $[0].id", 7)]
    [InlineData("""[{"parentId":""}]""", "parentId is empty", 13)]
    [InlineData("""[{"parentId":"12345678901234567"}]""", "parentId.length > 16", 13)]
    [InlineData("""[{"kind":"client"}]""", "Expected CLIENT, SERVER, PRODUCER or CONSUMER at $[0].kind", 9)]
    [InlineData("""[{"debug":"true"}]""", "Expected a boolean but was STRING at $[0].debug", 10)]
    [InlineData("""[{"timestamp":1.5}]""", "Expected a whole number of 64 bits at $[0].timestamp", 14)]
    [InlineData("""[{"timestamp":"soon"}]""", "Expected a whole number of 64 bits at $[0].timestamp", 14)]
    [InlineData("""[{"timestamp":1e300}]""", "Expected a whole number of 64 bits at $[0].timestamp", 14)]
    [InlineData("""[{"timestamp":[]}]""", "Expected a number but was BEGIN_ARRAY at $[0].timestamp", 14)]
    [InlineData("""[{"timestamp":9223372036854775807}]""", "More microseconds than fit a time up to the year 2262 at $[0].timestamp", 14)]
    [InlineData("""[{"traceId":"1","id":"2","timestamp":9000000000000000,"duration":9000000000000000}]""", "timestamp + duration lies beyond the year 2262", 1)]
    [InlineData("""[{"localEndpoint":"web"}]""", "Expected an object but was STRING at $[0].localEndpoint", 18)]
    [InlineData("""[{"localEndpoint":{"port":65536}}]""", "invalid port 65536", 26)]
    [InlineData("""[{"remoteEndpoint":{"serviceName":[]}}]""", "Expected a string but was BEGIN_ARRAY at $[0].remoteEndpoint.serviceName", 34)]
    [InlineData("""[{"tags":[]}]""", "Expected an object but was BEGIN_ARRAY at $[0].tags", 9)]
    [InlineData("""[{"tags":{"foo":null}}]""", "No value at $[0].tags.foo", 16)]
    [InlineData("""[{"tags":{"foo":false}}]""", "Expected a string but was BOOLEAN at $[0].tags.foo", 16)]
    [InlineData("""[{"tags":{"foo":{}}}]""", "Expected a string but was BEGIN_OBJECT at $[0].tags.foo", 16)]
    [InlineData("""[{"annotations":{}}]""", "Expected an array but was BEGIN_OBJECT at $[0].annotations", 16)]
    [InlineData("""[{"annotations":[{"timestamp":1472470996199000}]}]""", "Incomplete annotation at $[0].annotations[0].timestamp", 46)]
    [InlineData("""[{"annotations":[{"timestamp":1,"value":"a"},{"value":"b"}]}]""", "Incomplete annotation at $[0].annotations[1].value", 57)]
    [InlineData("""[{"annotations":[{"timestamp":1,"value":null}]}]""", "No value at $[0].annotations[0].value", 40)]
    [InlineData("""[{"annotations":[{"timestamp":null}]}]""", "No value at $[0].annotations[0].timestamp", 30)]
    [InlineData("""[{"annotations":["foo"]}]""", "Expected an object but was STRING at $[0].annotations[0]", 17)]
    [InlineData("""["span"]""", "Expected an object but was STRING at $[0]", 1)]
    [InlineData("""[null]""", "No value at $[0]", 1)]
    [InlineData("""[[]]""", "Expected an object but was BEGIN_ARRAY at $[0]", 1)]
    [InlineData("""[{"traceId":"1","id":"1"},{"id":true}]""", "Expected a string but was BOOLEAN at $[1].id", 32)]
    public void Data_that_Zipkin_refuses_is_refused_in_its_words(string json, string reason, int offset) =>
        Assert.Equal($"{reason} reading List<Span> from json at byte {offset}", ZipkinJson.Refusal(json));

    [Theory]
    [InlineData("""[{"traceId":"1","id":"2"}""", 25)]
    [InlineData("""[{"traceId":"1","id":"2"},]""", 26)]
    [InlineData("""[{"traceId":"1" "id":"2"}]""", 16)]
    [InlineData("""[{"name":"\x"}]""", 11)]
    [InlineData("[\n{\"name\":\n tru}]", 15)]
    [InlineData("\uFEFF[{]", 5)]
    [InlineData("""[] []""", 3)]
    [InlineData("[{\"name\":\"a\u0001b\"}]", 11)]
    public void Bad_syntax_is_refused_with_its_offset(string json, int offset)
    {
        SpanFormatException refusal = Assert.Throws<SpanFormatException>(() => ZipkinJson.Decode(json));
        Assert.StartsWith("Malformed reading List<Span> from json: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(offset, refusal.ByteOffset);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_and_up_to_it_skipped()
    {
        int depth = SpanBatchLimits.Default.DepthMax;
        Assert.Equal(new SpanId(2), ZipkinJson.DecodeMembers($"\"x\":{Nested(depth)}").SpanId);
        Assert.StartsWith("Malformed", ZipkinJson.Refusal($$"""[{"x":{{Nested(depth + 1)}}}]"""), StringComparison.Ordinal);

        static string Nested(int levels) => new string('[', levels) + new string(']', levels);
    }

    [Fact]
    public void More_spans_than_the_limit_are_refused()
    {
        var builder = new SpanBatchBuilder(new SpanBatchLimits { SpansMax = 2 });
        byte[] three = Encoding.UTF8.GetBytes("""[{"traceId":"1","id":"1"},{"traceId":"1","id":"2"},{"traceId":"1","id":"3"}]""");
        SpanLimitException refusal = Assert.Throws<SpanLimitException>(() => SpanDecoder.Decode(BatchFormat.ZipkinV2Json, three, builder));
        Assert.Equal(nameof(SpanBatchLimits.SpansMax), refusal.LimitName);
    }
}
