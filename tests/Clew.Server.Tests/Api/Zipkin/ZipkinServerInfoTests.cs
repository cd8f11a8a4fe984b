using System.Net;
using System.Text.Json;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Api.Zipkin;

public sealed class ZipkinServerInfoTests
{
    [Theory]
    [InlineData("/health", "application/json; charset=utf-8")]
    [InlineData("/actuator/health", "application/vnd.spring-boot.actuator.v2+json; charset=UTF-8")]
    public async Task A_healthy_server_is_up(string path, string contentType)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Zipkin(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(contentType.Replace(" ", "", StringComparison.Ordinal), answer.ContentType!.Replace(" ", "", StringComparison.Ordinal));
        Assert.StartsWith("{\n  \"status\": \"UP\",\n  \"zipkin\": {\n    \"status\": \"UP\",\n    \"details\": {\n", answer.Body, StringComparison.Ordinal);
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        Assert.Equal("""{"status":"UP"}""", JsonSerializer.Serialize(body.RootElement.GetProperty("zipkin").GetProperty("details").GetProperty("store")));
    }

    [Fact]
    public async Task A_store_that_is_away_makes_the_server_down_and_says_why()
    {
        await using ApiServer server = await ApiServer.StartAsync(new FakeStore { OnUse = () => throw new StoreUnavailableException("the disk is full") });

        Answer answer = await server.Zipkin("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        Assert.Equal("DOWN", body.RootElement.GetProperty("status").GetString());
        JsonElement store = body.RootElement.GetProperty("zipkin").GetProperty("details").GetProperty("store");
        Assert.Equal("DOWN", store.GetProperty("status").GetString());
        Assert.EndsWith("the disk is full", store.GetProperty("details").GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/info")]
    [InlineData("/actuator/info")]
    public async Task Info_tells_the_version(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Zipkin(path);

        Assert.Equal($$$"""{"zipkin":{"version":"{{{ProductVersion.Text}}}","commit":"{{{ProductVersion.Commit}}}"}}""", answer.Body);
    }

    [Theory]
    [InlineData("/config.json")]
    [InlineData("/zipkin/config.json")]
    public async Task The_configuration_of_zipkin_s_page_is_there(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Zipkin(path);

        Assert.Equal("max-age=600", answer.CacheControl);
        using JsonDocument body = JsonDocument.Parse(answer.Body);
        Assert.Equal(
            Answer.OneLine("""
                {"environment":"","queryLimit":10,"defaultLookback":900000,"searchEnabled":true,"logsUrl":null,"supportUrl":null,"archivePostUrl":null,"archiveUrl":null,
                "dependency":{"enabled":true,"lowErrorRate":0.5,"highErrorRate":0.75}}
                """),
            JsonSerializer.Serialize(body.RootElement));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/zipkin")]
    [InlineData("/zipkin/")]
    public async Task The_front_page_shows_the_way_to_the_pages(string path)
    {
        await using ApiServer server = await ApiServer.StartAsync();

        Answer answer = await server.Zipkin(path);

        Assert.Equal("text/html; charset=utf-8", answer.ContentType);
        Assert.Contains($"href=\"http://127.0.0.1:{server.Port(ListenerRole.Query)}/\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_pages_the_front_page_says_so()
    {
        await using ApiServer server = await ApiServer.StartAsync(new MemoryStore(), options => options with { Listen = options.Listen with { Query = null } });

        Assert.Contains("serves no pages", (await server.Zipkin("/")).Body, StringComparison.Ordinal);
    }
}
