using System.Diagnostics;
using System.Net;
using Clew.Tracing.Tests.Propagation;
using Clew.Tracing.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Tests.Instrumentation;

[Collection(nameof(ProcessPropagator))]
public sealed class ClientSpanTests
{
    [Fact]
    public async Task A_call_is_on_the_trace_on_both_sides()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/book/{id}", (int id) => $"{id}"));
        await app.Client.GetStringAsync(app.Address("/book/1?key=secret"));

        Activity server = await app.ServerSpanAsync();
        Activity client = (await app.SpansAsync(ActivityKind.Client, 1)).Single();
        Assert.Equal((client.TraceId, client.SpanId), (server.TraceId, server.ParentSpanId));
        Assert.Equal(("GET", 200, "127.0.0.1"), (client.GetTagItem("http.request.method"), client.GetTagItem("http.response.status_code"), client.GetTagItem("server.address")));
        Assert.DoesNotContain("secret", (string)client.GetTagItem("url.full")!, StringComparison.Ordinal);
        Assert.Null(client.GetTagItem("http.request.resend_count"));
    }

    [Fact]
    public async Task Attempts_of_one_request_are_numbered()
    {
        int calls = 0;
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/flaky", () => Interlocked.Increment(ref calls) < 3 ? Results.StatusCode(503) : Results.Text("ok")));
        using var client = new HttpClient(new Retrying());
        Assert.Equal("ok", await client.GetStringAsync(app.Address("/flaky")));

        IReadOnlyList<Activity> attempts = await app.SpansAsync(ActivityKind.Client, 3);
        Assert.Equal([null, 1, 2], attempts.Select(span => span.GetTagItem("http.request.resend_count")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Error, ActivityStatusCode.Unset], attempts.Select(span => span.Status));
        Assert.Equal(["503", "503", null], attempts.Select(span => span.GetTagItem("error.type")));
        IReadOnlyList<Activity> served = await app.SpansAsync(ActivityKind.Server, 3);
        Assert.Equal(attempts.Select(span => span.SpanId), served.Select(span => span.ParentSpanId));
    }

    [Fact]
    public async Task A_redirect_counts_as_sending_again()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes =>
        {
            routes.MapGet("/old", () => Results.Redirect("/new"));
            routes.MapGet("/new", () => "here");
        });
        await app.Client.GetStringAsync(app.Address("/old"));

        Assert.Equal([null, 1], (await app.SpansAsync(ActivityKind.Client, 2)).Select(span => span.GetTagItem("http.request.resend_count")));
    }

    [Fact]
    public async Task A_call_that_reaches_nobody_fails_with_its_exception_once()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/", () => ""));
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, _) => throw new IOException("no way there") });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://nowhere.invalid/"));

        Activity span = (await app.SpansAsync(ActivityKind.Client, 1)).Single();
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.NotNull(span.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task The_application_adds_to_the_span_of_a_call()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapGet("/", () => "four"),
            configure: options => options.Client.Enrich = (span, request, response) => span.SetTag("seen", $"{request.Method} {(int?)response?.StatusCode}"));
        await app.Client.GetStringAsync(app.Address("/"));

        Assert.Equal("GET 200", (await app.SpansAsync(ActivityKind.Client, 1)).Single().GetTagItem("seen"));
    }

    [Fact]
    public async Task Spans_of_either_side_can_be_left_to_others()
    {
        await using TracedApp app = await TracedApp.StartAsync(routes => routes.MapGet("/", () => ""), [("Tracing:Client:Enabled", "false")]);
        await app.Client.GetStringAsync(app.Address("/"));

        await app.ServerSpanAsync();
        Assert.DoesNotContain(app.Exporter.Spans, span => span.Kind == ActivityKind.Client);
    }

    private sealed class Retrying() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            while (true)
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return response;
                response.Dispose();
            }
        }
    }
}
