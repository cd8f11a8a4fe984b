using System.Diagnostics;
using System.Net;
using Clew.Tracing.Tests.Propagation;
using Clew.Tracing.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Tracing.Tests.Instrumentation;

[Collection(nameof(ProcessPropagator))]
public sealed class ServerSpanTests
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_request_is_named_by_its_route_and_described_by_the_conventions()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("orders/{id}", (int id) => $"order {id}"));
        app.Client.DefaultRequestHeaders.UserAgent.ParseAdd("probe/1.0");
        await app.Client.GetStringAsync(app.Address("/orders/7?secret=1"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal("GET /orders/{id}", span.DisplayName);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal("/orders/{id}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal(("GET", "http", "/orders/7"), (span.GetTagItem("http.request.method"), span.GetTagItem("url.scheme"), span.GetTagItem("url.path")));
        Assert.Equal(("127.0.0.1", "127.0.0.1", app.Address("/").Port), (span.GetTagItem("client.address"), span.GetTagItem("server.address"), span.GetTagItem("server.port")));
        Assert.Equal(("1.1", "probe/1.0"), (span.GetTagItem("network.protocol.version"), span.GetTagItem("user_agent.original")));
        Assert.Null(span.GetTagItem("url.query"));
        Assert.Null(span.GetTagItem("error.type"));
        Assert.Empty(span.Events);
        Assert.Equal(span.TagObjects.Count(), span.TagObjects.Select(tag => tag.Key).Distinct().Count());
    }

    [Theory]
    [InlineData("/nothing", 404, "GET", null)]
    [InlineData("/refused", 418, "GET /refused", null)]
    [InlineData("/broken", 503, "GET /broken", "503")]
    public async Task A_span_fails_from_status_500_on(string path, int status, string name, string? errorType)
    {
        await using TracedApp app = await TracedApp.StartAsync(routes =>
        {
            routes.MapGet("/refused", () => Results.StatusCode(418));
            routes.MapGet("/broken", () => Results.StatusCode(503));
        });
        using HttpResponseMessage answer = await app.Client.GetAsync(app.Address(path));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal((name, status), (span.DisplayName, span.GetTagItem("http.response.status_code")));
        Assert.Equal(errorType, span.GetTagItem("error.type"));
        Assert.Equal(errorType is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("handler")]
    [InlineData("page")]
    public async Task An_exception_fails_the_span_and_is_its_event_whoever_answers_for_it(string answering)
    {
        await using TracedApp app = await TracedApp.StartAsync(routes =>
        {
            if (answering == "handler")
                routes.UseExceptionHandler(error => error.Run(context => context.Response.WriteAsync("sorry")));
            else if (answering == "page")
                routes.UseDeveloperExceptionPage();
            routes.UseRouting();
            routes.MapGet("/fail/{how}", (string how) => { throw new InvalidOperationException($"it broke {how}"); });
        });
        using HttpResponseMessage answer = await app.Client.GetAsync(app.Address("/fail/badly"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal(("GET /fail/{how}", 500), (span.DisplayName, span.GetTagItem("http.response.status_code")));
        Assert.Equal((ActivityStatusCode.Error, "it broke badly"), (span.Status, span.StatusDescription));
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        ActivityEvent exception = Assert.Single(span.Events);
        Assert.Equal("exception", exception.Name);
        Assert.Contains(exception.Tags, tag => tag is { Key: "exception.message", Value: "it broke badly" });
        Assert.InRange(exception.Timestamp.UtcDateTime, span.StartTimeUtc, span.StartTimeUtc + span.Duration);
    }

    [Fact]
    public async Task An_exception_that_a_handler_answers_with_success_is_an_event_and_no_failure()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes =>
        {
            routes.UseExceptionHandler(error => error.Run(context =>
            {
                context.Response.StatusCode = 200;
                return context.Response.WriteAsync("as if nothing had been");
            }));
            routes.UseRouting();
            routes.MapGet("/fail/{how}", (string how) => { throw new InvalidOperationException($"it broke {how}"); });
        });
        await app.Client.GetStringAsync(app.Address("/fail/softly"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal(("GET /fail/{how}", ActivityStatusCode.Unset, 200), (span.DisplayName, span.Status, span.GetTagItem("http.response.status_code")));
        Assert.Contains(Assert.Single(span.Events).Tags, tag => tag is { Key: "exception.message", Value: "it broke softly" });
    }

    [Fact]
    public async Task A_span_that_a_handler_leaves_open_does_not_take_the_place_of_the_requests_own()
    {
        using var source = new ActivitySource("Clew.Tracing.Tests.Left");
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapGet("/left", () =>
            {
                source.StartActivity("left open");
                return "done";
            }),
            [("Tracing:Sources", source.Name)]);
        await app.Client.GetStringAsync(app.Address("/left"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal(("GET /left", 200), (span.DisplayName, span.GetTagItem("http.response.status_code")));
    }

    [Fact]
    public void More_endpoints_than_are_kept_at_hand_have_their_names_each_time()
    {
        var routes = new Tracing.Instrumentation.Server.EndpointRoutes();
        RouteEndpoint[] endpoints = [.. Enumerable.Range(0, 2_000).Select(i => new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse($"/{i}"), 0, null, null))];
        for (int round = 0; round < 2; round++)
            Assert.All(endpoints, (endpoint, i) => Assert.Equal($"GET /{i}", routes.Of(endpoint).Name("GET")));
    }

    [Fact]
    public async Task An_exception_that_breaks_an_answer_already_begun_fails_the_span_too()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/half", async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("no more");
        }));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.Client.GetStringAsync(app.Address("/half")));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal((ActivityStatusCode.Error, 200), (span.Status, span.GetTagItem("http.response.status_code")));
    }

    [Fact]
    public async Task An_unknown_method_does_not_become_a_name()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapFallback(() => "any"));
        using var request = new HttpRequestMessage(new HttpMethod("BREW"), app.Address("/pot"));
        using HttpResponseMessage answer = await app.Client.SendAsync(request);

        Activity span = await app.ServerSpanAsync();
        Assert.StartsWith("HTTP", span.DisplayName, StringComparison.Ordinal);
        Assert.Equal(("_OTHER", "BREW"), (span.GetTagItem("http.request.method"), span.GetTagItem("http.request.method_original")));
    }

    [Fact]
    public async Task Ignored_paths_are_not_recorded_nor_what_is_done_for_them()
    {
        using var source = new ActivitySource("Clew.Tracing.Tests.Work");
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapGet("/{**path}", () =>
            {
                using Activity? work = source.StartActivity("work");
                return "done";
            }),
            [("Tracing:Server:IgnorePaths", "/health*,*.css"), ("Tracing:Sources", source.Name)]);
        await app.Client.GetStringAsync(app.Address("/Health/live"));
        await app.Client.GetStringAsync(app.Address("/style/site.css"));
        await app.Client.GetStringAsync(app.Address("/orders"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal("/orders", span.GetTagItem("url.path"));
        Assert.Equal(span.SpanId, Assert.Single(app.Exporter.Spans, other => other.DisplayName == "work").ParentSpanId);
    }

    [Theory]
    [InlineData(false, "127.0.0.1", null)]
    [InlineData(true, "203.0.113.9", "127.0.0.1")]
    public async Task Headers_name_the_client_only_where_they_are_trusted(bool trusted, string client, string? peer)
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/", () => ""), [("Tracing:Server:TrustForwardedHeaders", $"{trusted}")]);
        app.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9, 10.0.0.1");
        await app.Client.GetStringAsync(app.Address("/"));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal((client, peer), (span.GetTagItem("client.address"), span.GetTagItem("network.peer.address")));
    }

    [Theory]
    [InlineData("for=192.0.2.60;proto=http;by=203.0.113.43", null, "192.0.2.60")]
    [InlineData("proto=https; For=\"[2001:db8:cafe::17]:4711\"", "10.0.0.9", "2001:db8:cafe::17")]
    [InlineData("for=unknown", null, null)]
    [InlineData(null, "198.51.100.2:8080", "198.51.100.2")]
    [InlineData(null, "<script>", null)]
    public void Forwarding_headers_are_read_by_their_grammar(string? forwarded, string? list, string? expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["Forwarded"] = forwarded;
        context.Request.Headers["X-Forwarded-For"] = list;

        Assert.Equal(expected, Tracing.Instrumentation.Server.ClientAddress.Forwarded(context.Request.Headers));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public void An_IPv4_client_of_a_server_for_both_families_has_its_IPv4_address(string address, string expected) =>
        Assert.Equal(expected, Tracing.Instrumentation.Server.ClientAddress.Text(IPAddress.Parse(address)));

    [Theory]
    [InlineData("accept", "01", true, true)]
    [InlineData("accept", "00", true, false)]
    [InlineData("ids_only", "00", true, true)]
    [InlineData("ignore", "00", false, true)]
    public async Task Callers_are_believed_as_far_as_they_are_trusted(string trust, string flags, bool continued, bool recorded)
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/", () => Activity.Current!.TraceId.ToString()), [("Tracing:Propagation:Trust", trust)]);
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        client.DefaultRequestHeaders.Add("traceparent", Caller[..^2] + flags);
        string traceId = await client.GetStringAsync(app.Address("/"));

        Assert.Equal(continued, traceId == "0af7651916cd43dd8448eb211c80319c");
        if (recorded)
            Assert.Equal(traceId, (await app.ServerSpanAsync()).TraceId.ToString());
        await app.App.StopAsync();
        Assert.Equal(recorded ? 1 : 0, app.Exporter.Spans.Count(span => span.Kind == ActivityKind.Server));
    }

    [Fact]
    public async Task The_configured_formats_are_read_and_written()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapGet("/", (HttpContext context) => context.Request.Headers["uber-trace-id"].ToString()),
            [("OTEL_PROPAGATORS", "jaeger")]);
        string header = await app.Client.GetStringAsync(app.Address("/"));

        Activity server = await app.ServerSpanAsync();
        Activity client = (await app.SpansAsync(ActivityKind.Client, 1)).Single();
        Assert.StartsWith($"{client.TraceId}:{client.SpanId}:", header, StringComparison.Ordinal);
        Assert.Equal((client.TraceId, client.SpanId), (server.TraceId, server.ParentSpanId));
    }

    [Fact]
    public async Task The_application_adds_to_the_span_and_its_mistakes_fail_no_request()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapGet("/{name}", (string name) => name),
            configure: options => options.Server.Enrich = (span, context) =>
            {
                span.SetTag("tenant", context.Request.RouteValues["name"]);
                throw new NotSupportedException();
            });

        Assert.Equal("blue", await app.Client.GetStringAsync(app.Address("/blue")));
        Activity span = await app.ServerSpanAsync();
        Assert.Equal(("blue", "System.NotSupportedException"), (span.GetTagItem("tenant"), span.GetTagItem("clew.enrich.error")));
    }

    [Fact]
    public async Task Controllers_of_a_conventional_route_have_names_of_their_own()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"),
            build: builder => builder.Services.AddControllers().AddApplicationPart(typeof(ServerSpanTests).Assembly));
        Assert.Equal("list", await app.Client.GetStringAsync(app.Address("/Basket/List/3")));

        Assert.Equal("GET /Basket/List/{id?}", (await app.ServerSpanAsync()).DisplayName);
    }

    [Fact]
    public async Task Requests_at_the_same_time_do_not_mix_their_spans()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/{kind}/{id}", async (string kind, int id) =>
        {
            await Task.Yield();
            return kind == "bad" ? Results.StatusCode(500 + (id % 5)) : Results.Text($"{id}");
        }));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async id =>
        {
            using HttpResponseMessage answer = await app.Client.GetAsync(app.Address($"/{(id % 2 == 0 ? "good" : "bad")}/{id}"));
        }));

        IReadOnlyList<Activity> spans = await app.SpansAsync(ActivityKind.Server, 200);
        Assert.Equal(200, spans.Select(span => span.GetTagItem("url.path")).Distinct().Count());
        Assert.All(spans, span =>
        {
            string path = (string)span.GetTagItem("url.path")!;
            int id = int.Parse(path.Split('/')[2]);
            Assert.Equal(id % 2 == 0 ? 200 : 500 + (id % 5), span.GetTagItem("http.response.status_code"));
            Assert.Equal(id % 2 == 0 ? ActivityStatusCode.Unset : ActivityStatusCode.Error, span.Status);
        });
    }
}

/// <summary>For the conventional route.</summary>
public sealed class BasketController : Microsoft.AspNetCore.Mvc.ControllerBase
{
    public string List(int id) => RouteData.Values.Count > 0 && id > 0 ? "list" : "";
}
