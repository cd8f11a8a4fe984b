using System.Net;
using Clew.Model;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger;

public sealed class JaegerNamesTests
{
    [Theory]
    [InlineData("/api/services")]
    [InlineData("/api/services/web/operations")]
    [InlineData("/api/operations?service=web")]
    [InlineData("/api/traces?service=web")]
    [InlineData("/api/dependencies")]
    public async Task An_empty_store_answers_with_empty_lists(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("""{"data":[],"total":0,"limit":0,"offset":0,"errors":null}""", answer.Body);
    }

    [Fact]
    public async Task Services_are_listed_as_they_were_sent_with_their_number()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1, service: "Web"), Span(1, 2, service: "cart"), Span(2, 1, service: "cart"), Span(3, 1, service: null));

        Assert.Equal("""{"data":["Web","cart","unknown_service"],"total":3,"limit":0,"offset":0,"errors":null}""", (await server.Jaeger("/api/services")).Body);
    }

    [Fact]
    public async Task Operations_of_a_service_are_its_span_names_once_each()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1, name: "GET /") with { Kind = SpanKind.Server }, Span(1, 2, name: "GET /") with { Kind = SpanKind.Client }, Span(1, 3, name: "tick"), Span(1, 4, service: "cart", name: "other"));

        Assert.Equal("""{"data":["GET /","tick"],"total":2,"limit":0,"offset":0,"errors":null}""", (await server.Jaeger("/api/services/web/operations")).Body);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%E6%9D%B1%E4%BA%AC%20%E2%9C%93", "東京 ✓")]
    [InlineData("a%20b%2Bc+d", "a b+c+d")]
    [InlineData("%3Fx%3D1%23", "?x=1#")]
    public async Task A_service_name_in_the_path_may_hold_anything_escaped(string escaped, string service)
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1, service: service), Span(2, 1, service: "decoy", name: "wrong"));

        Answer answer = await server.Jaeger($"/api/services/{escaped}/operations?prettyPrint=false");

        Assert.Equal("""{"data":["GET /"],"total":1,"limit":0,"offset":0,"errors":null}""", answer.Body);
    }

    [Theory]
    [InlineData("", """{"name":"GET /","spanKind":"server"},{"name":"GET /","spanKind":"client"},{"name":"tick","spanKind":""}""", 3)]
    [InlineData("&spanKind=", """{"name":"GET /","spanKind":"server"},{"name":"GET /","spanKind":"client"},{"name":"tick","spanKind":""}""", 3)]
    [InlineData("&spanKind=client", """{"name":"GET /","spanKind":"client"}""", 1)]
    [InlineData("&spanKind=sideways", "", 0)]
    public async Task Operations_can_be_asked_for_with_their_kinds(string filter, string data, int total)
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1, name: "GET /") with { Kind = SpanKind.Server }, Span(1, 2, name: "GET /") with { Kind = SpanKind.Client }, Span(1, 3, name: "tick"));

        Answer answer = await server.Jaeger("/api/operations?service=web" + filter);

        Assert.Equal($$"""{"data":[{{data}}],"total":{{total}},"limit":0,"offset":0,"errors":null}""", answer.Body);
    }

    [Fact]
    public async Task Pretty_print_indents_by_four()
    {
        await using ApiServer server = await ApiServer.StartAsync(Span(1, 1));

        Answer answer = await server.Jaeger("/api/services?prettyPrint=yes");

        Assert.Equal("{\n    \"data\": [\n        \"web\"\n    ],\n    \"total\": 1,\n    \"limit\": 0,\n    \"offset\": 0,\n    \"errors\": null\n}", answer.Body);
    }

    [Theory]
    [InlineData("/api/")]
    [InlineData("/api/unknown")]
    [InlineData("/api/services/web")]
    [InlineData("/api/traces/1/2")]
    public async Task Unknown_paths_are_not_found_in_gos_words(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Jaeger(path);

        Assert.Equal(new Answer(HttpStatusCode.NotFound, "404 page not found\n", "text/plain; charset=utf-8", null, "nosniff"), answer);
    }
}
