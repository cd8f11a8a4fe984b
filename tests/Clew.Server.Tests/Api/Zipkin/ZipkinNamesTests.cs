using System.Net;
using Clew.Model;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinNamesTests
{
    [Theory]
    [InlineData("/services")]
    [InlineData("/spans?serviceName=web")]
    [InlineData("/spans?serviceName=")]
    [InlineData("/remoteServices?serviceName=web")]
    [InlineData("/traces")]
    [InlineData("/traces?serviceName=web&spanName=get&remoteServiceName=db&annotationQuery=a%20and%20b%3Dc")]
    [InlineData("/traceMany?traceIds=1,2")]
    [InlineData("/dependencies?endTs=1795000000000")]
    [InlineData("/autocompleteKeys")]
    [InlineData("/autocompleteValues?key=a")]
    public async Task An_empty_store_answers_with_empty_lists_under_both_prefixes(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        var empty = new Answer(HttpStatusCode.OK, "[]", "application/json", null, null);
        Assert.Equal(empty, await server.Zipkin("/api/v2" + path));
        Assert.Equal(empty, await server.Zipkin("/zipkin/api/v2" + path));
    }

    [Fact]
    public async Task Names_go_lower_case_sorted_and_once_and_are_asked_for_in_any_case()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Client("Web", "GET /b", "Redis"), Client("web", "get /a", "DB"), Client("WEB", "Get /B", "redis"), Client("Äpfel", "x", null), Client(null, "nameless", "nobody"));

        foreach (string prefix in (string[])["/api/v2", "/zipkin/api/v2"])
        {
            Assert.Equal("""["web","äpfel"]""", (await server.Zipkin(prefix + "/services")).Body);
            Assert.Equal("""["get /a","get /b"]""", (await server.Zipkin(prefix + "/spans?serviceName=wEb")).Body);
            Assert.Equal("""["db","redis"]""", (await server.Zipkin(prefix + "/remoteServices?serviceName=WEB")).Body);
            Assert.Equal("""["x"]""", (await server.Zipkin(prefix + "/spans?serviceName=%C3%84PFEL")).Body);
        }
    }

    [Fact]
    public async Task A_service_name_may_hold_slashes_and_any_script()
    {
        await using ApiServer server = await ApiServer.StartAsync(Client("東京/✓", "get", "データ/ベース"));

        Assert.Equal("""["東京/✓"]""", (await server.Zipkin("/api/v2/services")).Body);
        Assert.Equal("""["データ/ベース"]""", (await server.Zipkin("/api/v2/remoteServices?serviceName=" + Uri.EscapeDataString("東京/✓"))).Body);
    }

    [Fact]
    public async Task White_space_in_names_is_escaped()
    {
        await using ApiServer server = await ApiServer.StartAsync(Client("a\tb\n\"c\"", "get", null));

        Assert.Equal("""["a\tb\n\"c\""]""", (await server.Zipkin("/api/v2/services")).Body);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "must-revalidate, max-age=300")]
    public async Task Lists_of_names_may_be_cached_only_once_there_are_more_than_three_services(int services, string? cacheControl)
    {
        await using ApiServer server = await ApiServer.StartAsync([.. Enumerable.Range(0, services).Select(i => Client($"s{i}", "get", "db"))]);

        Assert.Null((await server.Zipkin("/api/v2/spans?serviceName=s0")).CacheControl);
        Assert.Equal(cacheControl, (await server.Zipkin("/api/v2/services")).CacheControl);
        Assert.Equal(cacheControl, (await server.Zipkin("/api/v2/spans?serviceName=s0")).CacheControl);
        Assert.Equal(cacheControl, (await server.Zipkin("/api/v2/remoteServices?serviceName=s0")).CacheControl);
    }

    [Fact]
    public async Task Every_tag_of_a_span_can_be_completed()
    {
        await using ApiServer server = await ApiServer.StartAsync(
            Span(1, 1).With(("env", "test"), ("n", 7)), Span(2, 1).With(("env", "prod")), Span(3, 1).With(("env", "prod")).WithResource(("host", "n1")));

        Assert.Equal("""["env","n"]""", (await server.Zipkin("/api/v2/autocompleteKeys")).Body);
        Assert.Equal("""["prod","test"]""", (await server.Zipkin("/api/v2/autocompleteValues?key=env")).Body);
        Assert.Equal("[]", (await server.Zipkin("/api/v2/autocompleteValues?key=absent")).Body);
    }

    [Fact]
    public async Task Keys_to_complete_may_be_cached_once_there_are_any_and_values_once_there_are_more_than_three()
    {
        await using ApiServer empty = await ApiServer.StartAsync(new Storage.MemoryStore());
        Assert.Null((await empty.Zipkin("/api/v2/autocompleteKeys")).CacheControl);

        await using ApiServer server = await ApiServer.StartAsync([.. Enumerable.Range(1, 4).Select(i => Span((ulong)i, 1).With(("four", i), ("three", i % 3)))]);
        Assert.Equal("must-revalidate, max-age=300", (await server.Zipkin("/api/v2/autocompleteKeys")).CacheControl);
        Assert.Equal("must-revalidate, max-age=300", (await server.Zipkin("/zipkin/api/v2/autocompleteValues?key=four")).CacheControl);
        Assert.Null((await server.Zipkin("/api/v2/autocompleteValues?key=three")).CacheControl);
    }

    private static Span Client(string? service, string name, string? remote) => Span(1, (ulong)(name.Length + (service?.Length ?? 0)), service: service, name: name) with
    {
        Kind = SpanKind.Client,
        RemoteEndpoint = remote is null ? null : new Endpoint(remote, null, null, 0),
    };
}
