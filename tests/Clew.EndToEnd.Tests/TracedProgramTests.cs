using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;

namespace Clew.EndToEnd.Tests;

/// <summary>A program with <c>AddClewTracing</c> and the server, each in its own process.</summary>
public sealed partial class TracedProgramTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [Theory]
    [InlineData("otlp", "grpc", "Endpoint", "otlpGrpc", "")]
    [InlineData("otlp", "http/protobuf", "Endpoint", "otlpHttp", "")]
    [InlineData("zipkin", "grpc", "ZipkinEndpoint", "zipkin", "/api/v2/spans")]
    [InlineData("jaeger-http", "grpc", "JaegerEndpoint", "jaegerHttp", "/api/traces")]
    public async Task What_a_program_does_is_on_the_trace_that_its_log_names(string exporter, string protocol, string setting, string listener, string path)
    {
        await using TracedProgram books = await TracedProgram.StartAsync(
            TracedProgram.Books,
            ("Tracing__Exporters", exporter), ("Tracing__Protocol", protocol), ("Tracing__" + setting, $"http://{server.Target(listener)}{path}"), ("Tracing__ServiceName", $"books-{exporter}-{listener}"));
        Assert.Contains("Volume 7", await books.Client.GetStringAsync("/caller/7"));
        await Eventually.True(() => Task.FromResult(LastOne().IsMatch(books.Output)), TimeSpan.FromSeconds(20), () => books.Output);
        // What is still in the program's memory is sent before it ends.
        Assert.Equal(0, await books.StopAsync());

        JsonElement[] spans = await SpansAsync(LastOne().Match(books.Output).Groups["id"].Value);
        Assert.Equal(["GET", "GET /books/{id:int}", "GET /caller/{id:int}", "look on the shelf"], spans.Select(Name).Order());
        JsonElement served = spans.Single(span => Name(span) == "GET /books/{id:int}");
        Assert.Contains("Book 7 is the last one", served.GetProperty("logs").GetRawText());
        Assert.Equal("200", Tag(served, "http.response.status_code"));
        Assert.Equal("H", Tag(spans.Single(span => Name(span) == "look on the shelf"), "book.shelf"));
    }

    [Fact]
    public async Task By_UDP_too()
    {
        string[] agent = server.Target("jaegerCompact").Split(':');
        await using TracedProgram books = await TracedProgram.StartAsync(
            TracedProgram.Books, ("JAEGER_AGENT_HOST", agent[0]), ("JAEGER_AGENT_PORT", agent[1]), ("JAEGER_SAMPLER_TYPE", "const"), ("JAEGER_SAMPLER_PARAM", "1"), ("JAEGER_TAGS", "team=blue"));
        await books.Client.GetStringAsync("/caller/3");
        await Eventually.True(() => Task.FromResult(LastOne().IsMatch(books.Output)), TimeSpan.FromSeconds(20), () => books.Output);
        Assert.Equal(0, await books.StopAsync());
        string id = LastOne().Match(books.Output).Groups["id"].Value;

        // Nothing acknowledges a datagram.
        await Eventually.True(async () => (await SpansAsync(id)).Length == 4, TimeSpan.FromSeconds(20), () => books.Output);
    }

    [Fact]
    public async Task A_failing_request_is_an_error_with_its_exception()
    {
        await using TracedProgram books = await TracedProgram.StartAsync(TracedProgram.Books, ("Tracing__Endpoint", $"http://{server.Target("otlpGrpc")}"), ("Tracing__ServiceName", "books-failing"));
        using HttpResponseMessage answer = await books.Client.GetAsync("/books/13");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(0, await books.StopAsync());

        string traces = await server.Query.GetStringAsync("api/traces?service=books-failing&tags=%7B%22error%22%3A%22true%22%7D");
        Assert.Contains("The book is cursed.", traces);
        Assert.Contains("System.InvalidOperationException", traces);
    }

    private async Task<JsonElement[]> SpansAsync(string traceId)
    {
        using HttpResponseMessage answer = await server.Query.GetAsync($"api/traces/{traceId}");
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return [];
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0].GetProperty("spans").EnumerateArray()];
    }

    private static string Name(JsonElement span) => span.GetProperty("operationName").GetString()!;

    private static string? Tag(JsonElement span, string key) =>
        span.GetProperty("tags").EnumerateArray().Where(tag => tag.GetProperty("key").GetString() == key).Select(tag => tag.GetProperty("value").ToString()).FirstOrDefault();

    [GeneratedRegex(@"warn: Program\[0\] trace=(?<id>[0-9a-f]{32}) span=[0-9a-f]{16}")]
    private static partial Regex LastOne();
}
