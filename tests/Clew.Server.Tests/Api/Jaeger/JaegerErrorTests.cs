using System.Net;
using System.Text.Json;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerErrorTests
{
    [Theory]
    [InlineData("/api/traces", "parameter 'service' is required")]
    [InlineData("/api/traces?service=", "parameter 'service' is required")]
    [InlineData("/api/operations", "parameter 'service' is required")]
    [InlineData("/api/traces?service=a&start=now", "unable to parse param 'start': strconv.ParseInt: parsing \"now\": invalid syntax")]
    [InlineData("/api/traces?service=a&end=1.5", "unable to parse param 'end': strconv.ParseInt: parsing \"1.5\": invalid syntax")]
    [InlineData("/api/traces?service=a&start=99999999999999999999", "unable to parse param 'start': strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    [InlineData("/api/traces?service=a&start=--5", "unable to parse param 'start': strconv.ParseInt: parsing \"--5\": invalid syntax")]
    [InlineData("/api/traces?service=a&start=%2B", "unable to parse param 'start': strconv.ParseInt: parsing \"+\": invalid syntax")]
    [InlineData("/api/traces?service=a&tag=broken", "malformed 'tag' parameter, expecting key:value, received: broken")]
    [InlineData("/api/traces?service=a&tags=[]", "malformed 'tags' parameter, cannot unmarshal JSON: an object is expected, not an array")]
    [InlineData("/api/traces?service=a&tags={\"a\":1}", "malformed 'tags' parameter, cannot unmarshal JSON: the value of \"a\" must be a string, not a number")]
    [InlineData("/api/traces?service=a&limit=many", "unable to parse param 'limit': strconv.ParseInt: parsing \"many\": invalid syntax")]
    [InlineData("/api/traces?service=a&limit=2147483648", "unable to parse param 'limit': strconv.ParseInt: parsing \"2147483648\": value out of range")]
    [InlineData("/api/traces?service=a&limit=0", "parameter 'limit' must be at least 1, received: 0")]
    [InlineData("/api/traces?service=a&limit=-1", "parameter 'limit' must be at least 1, received: -1")]
    [InlineData("/api/traces?service=a&minDuration=5", "unable to parse param 'minDuration': time: missing unit in duration \"5\"")]
    [InlineData("/api/traces?service=a&maxDuration=5y", "unable to parse param 'maxDuration': time: unknown unit \"y\" in duration \"5y\"")]
    [InlineData("/api/traces?service=a&maxDuration=fast", "unable to parse param 'maxDuration': time: invalid duration \"fast\"")]
    [InlineData("/api/traces?service=a&minDuration=2s&maxDuration=1s", "'maxDuration' should be greater than 'minDuration'")]
    [InlineData("/api/traces?service=a&raw=maybe", "unable to parse param 'raw': strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    [InlineData("/api/traces?traceID=xyz", "cannot parse traceID param: strconv.ParseUint: parsing \"xyz\": invalid syntax")]
    [InlineData("/api/traces?traceID=000000000000000000000000000000001", "cannot parse traceID param: TraceID cannot be longer than 32 hex characters: 000000000000000000000000000000001")]
    [InlineData("/api/traces?service=a&start=2&end=1", "The time range ends before it begins.")]
    [InlineData("/api/traces/xyz", "strconv.ParseUint: parsing \"xyz\": invalid syntax")]
    [InlineData("/api/traces/000000000000000000000000000000001", "TraceID cannot be longer than 32 hex characters: 000000000000000000000000000000001")]
    [InlineData("/api/traces/1?start=x", "unable to parse param 'start': strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("/api/traces/1?raw=x", "unable to parse param 'raw': strconv.ParseBool: parsing \"x\": invalid syntax")]
    [InlineData("/api/dependencies?endTs=x", "unable to parse param 'endTs': strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("/api/dependencies?lookback=1h", "unable to parse param 'lookback': strconv.ParseInt: parsing \"1h\": invalid syntax")]
    public async Task Mistakes_are_answered_in_the_envelope_with_jaegers_words(string path, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger(path);

        string escaped = message.Replace("\"", "\\\"", StringComparison.Ordinal);
        string body = $$"""{"data":null,"total":0,"limit":0,"offset":0,"errors":[{"code":400,"msg":"{{escaped}}"}]}""" + "\n";
        Assert.Equal(new Answer(HttpStatusCode.BadRequest, body, "text/plain; charset=utf-8", null, "nosniff"), answer);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":\"b\"} x")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":null}")]
    public async Task Tags_that_are_not_an_object_of_strings_are_refused(string tags)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger("/api/traces?service=a&tags=" + Uri.EscapeDataString(tags));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        Assert.StartsWith("malformed 'tags' parameter, cannot unmarshal JSON: ", body.RootElement.GetProperty("errors")[0].GetProperty("msg").GetString(), StringComparison.Ordinal);
    }
}
