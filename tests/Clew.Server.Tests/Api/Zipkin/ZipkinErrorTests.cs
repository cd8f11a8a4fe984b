using System.Net;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinErrorTests
{
    [Theory]
    [InlineData("/spans", "Mandatory parameter/header/attribute is missing: serviceName")]
    [InlineData("/remoteServices", "Mandatory parameter/header/attribute is missing: serviceName")]
    [InlineData("/dependencies", "Mandatory parameter/header/attribute is missing: endTs")]
    [InlineData("/autocompleteValues", "Mandatory parameter/header/attribute is missing: key")]
    [InlineData("/autocompleteValues?key=", "key was empty")]
    [InlineData("/traces?endTs=0", "endTs <= 0")]
    [InlineData("/traces?endTs=-1", "endTs <= 0")]
    [InlineData("/traces?limit=0", "limit <= 0")]
    [InlineData("/traces?lookback=0", "lookback <= 0")]
    [InlineData("/traces?minDuration=0", "minDuration <= 0")]
    [InlineData("/traces?minDuration=2&maxDuration=1", "maxDuration < minDuration")]
    [InlineData("/traces?maxDuration=1", "maxDuration is only valid with minDuration")]
    [InlineData("/traces?endTs=abc", "For input string: \"abc\"")]
    [InlineData("/traces?limit=2147483648", "For input string: \"2147483648\"")]
    [InlineData("/traces?minDuration=1.5", "For input string: \"1.5\"")]
    [InlineData("/dependencies?endTs=0", "endTs <= 0")]
    [InlineData("/dependencies?endTs=1&lookback=0", "lookback <= 0")]
    [InlineData("/dependencies?endTs=1&lookback=x", "For input string: \"x\"")]
    [InlineData("/trace/xyz", "xyz should be lower-hex encoded with no prefix")]
    [InlineData("/trace/0x12", "0x12 should be lower-hex encoded with no prefix")]
    [InlineData("/trace/ABC", "ABC should be lower-hex encoded with no prefix")]
    [InlineData("/trace/0", "traceId is all zeros")]
    [InlineData("/trace/%20", "traceId is empty")]
    [InlineData("/trace/000000000000000000000000000000001", "traceId.length > 32")]
    [InlineData("/traceMany", "Mandatory parameter/header/attribute is missing: traceIds")]
    [InlineData("/traceMany?traceIds=", "traceIds parameter is empty")]
    [InlineData("/traceMany?traceIds=1", "Use /api/v2/trace/{traceId} endpoint to retrieve a single trace")]
    [InlineData("/traceMany?traceIds=1,0000000000000001", "redundant traceId: 0000000000000001")]
    [InlineData("/traceMany?traceIds=1,", "traceId is empty")]
    [InlineData("/traceMany?traceIds=1,x", "x should be lower-hex encoded with no prefix")]
    public async Task Mistakes_are_answered_with_zipkins_words(string path, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        var expected = new Answer(HttpStatusCode.BadRequest, message, "text/plain; charset=utf-8", null, "nosniff");
        Assert.Equal(expected, await server.Zipkin("/api/v2" + path));
        Assert.Equal(expected, await server.Zipkin("/zipkin/api/v2" + path));
    }

    [Theory]
    [InlineData("/trace/1f", "000000000000001f not found")]
    [InlineData("/trace/%201f%20", "000000000000001f not found")]
    [InlineData("/trace/1000000000000001f", "0000000000000001000000000000001f not found")]
    [InlineData("/trace/0000000000000000000000000000001f", "000000000000001f not found")]
    public async Task A_trace_that_is_not_there_is_a_404_that_names_its_normalised_id(string path, string message)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Equal(new Answer(HttpStatusCode.NotFound, message, "text/plain; charset=utf-8", null, "nosniff"), await server.Zipkin("/api/v2" + path));
    }

    [Fact]
    public async Task A_thousand_ids_may_be_asked_for_at_once_and_no_more()
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await server.Zipkin("/api/v2/traceMany?traceIds=" + Ids(1000))).Status);
        Answer tooMany = await server.Zipkin("/api/v2/traceMany?traceIds=" + Ids(1001));
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.Status);

        static string Ids(int count) => string.Join(',', Enumerable.Range(1, count).Select(i => i.ToString("x32")));
    }

    [Theory]
    [InlineData("/api/v2/unknown")]
    [InlineData("/api/v1/traces")]
    [InlineData("/zipkin/api/v2")]
    public async Task Unknown_paths_are_an_empty_404(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Zipkin(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty(answer.Body);
    }
}
