using System.Diagnostics;
using Clew.Tracing.Tests.Propagation;
using Clew.Tracing.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Clew.Tracing.Tests.Instrumentation;

[Collection(nameof(ProcessPropagator))]
public sealed class GrpcSpanTests
{
    private const string Method = "shop.BookService/GetBookInfo";

    [Theory]
    [InlineData(0, false, ActivityStatusCode.Unset, null)]
    [InlineData(5, false, ActivityStatusCode.Unset, null)]
    [InlineData(2, false, ActivityStatusCode.Error, "UNKNOWN")]
    [InlineData(13, true, ActivityStatusCode.Error, "INTERNAL")]
    [InlineData(16, true, ActivityStatusCode.Unset, null)]
    [InlineData(4, false, ActivityStatusCode.Error, "DEADLINE_EXCEEDED")]
    public async Task A_served_call_is_named_by_its_method_and_fails_only_by_the_server_s_own_fault(int status, bool trailersOnly, ActivityStatusCode expected, string? errorType)
    {
        await using TracedApp app = await StartAsync(status, trailersOnly);
        using HttpResponseMessage answer = await GrpcFrames.CallAsync(app.Client, app.Address("/" + Method));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal(Method, span.DisplayName);
        Assert.Equal(("grpc", "shop.BookService", "GetBookInfo"), (span.GetTagItem("rpc.system"), span.GetTagItem("rpc.service"), span.GetTagItem("rpc.method")));
        Assert.Equal(status, span.GetTagItem("rpc.grpc.status_code"));
        Assert.Equal((expected, errorType), (span.Status, span.GetTagItem("error.type")));
        Assert.Equal(expected == ActivityStatusCode.Error ? "größe" : null, span.StatusDescription);
        Assert.Equal("2", span.GetTagItem("network.protocol.version"));
    }

    [Theory]
    [InlineData(0, ActivityStatusCode.Unset, null)]
    [InlineData(5, ActivityStatusCode.Error, "NOT_FOUND")]
    public async Task A_call_over_HttpClient_is_named_by_its_method_and_fails_by_every_status(int status, ActivityStatusCode expected, string? errorType)
    {
        await using TracedApp app = await StartAsync(status, trailersOnly: true);
        using HttpResponseMessage answer = await GrpcFrames.CallAsync(app.Client, app.Address("/" + Method));

        Activity client = (await app.SpansAsync(ActivityKind.Client, 1)).Single();
        Assert.Equal((Method, "grpc"), (client.DisplayName, client.GetTagItem("rpc.system")));
        Assert.Equal((status, expected, errorType), (client.GetTagItem("rpc.grpc.status_code"), client.Status, client.GetTagItem("error.type")));
        Assert.Equal((client.TraceId, client.SpanId), ((await app.ServerSpanAsync()).TraceId, (await app.ServerSpanAsync()).ParentSpanId));
    }

    [Fact]
    public async Task A_handler_s_exception_is_the_failure_of_a_call_that_had_no_status()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapPost(Method, _ => throw new InvalidOperationException("no books")), protocols: HttpProtocols.Http2);
        using HttpResponseMessage answer = await GrpcFrames.CallAsync(app.Client, app.Address("/" + Method));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal((Method, ActivityStatusCode.Error, "no books"), (span.DisplayName, span.Status, span.StatusDescription));
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    /// <summary>The package itself cannot be had here: its source, operation name and tags as its documentation and code give them.</summary>
    [Theory]
    [InlineData("0", ActivityStatusCode.Unset)]
    [InlineData("14", ActivityStatusCode.Error)]
    public async Task Calls_of_the_usual_client_library_are_put_to_the_conventions(string status, ActivityStatusCode expected)
    {
        using var library = new ActivitySource("Grpc.Net.Client");
        await using TracedApp app = await StartAsync(0, trailersOnly: false);
        using (Activity call = library.StartActivity("Grpc.Net.Client.GrpcOut", ActivityKind.Client)!)
        {
            call.SetTag("grpc.method", "/" + Method);
            using HttpResponseMessage answer = await GrpcFrames.CallAsync(app.Client, app.Address("/" + Method));
            call.SetTag("grpc.status_code", status);
        }

        IReadOnlyList<Activity> spans = await app.SpansAsync(ActivityKind.Client, 2);
        Activity rpc = spans.Single(span => span.Source.Name == library.Name), http = spans.Single(span => span.Source.Name != library.Name);
        Assert.Equal((Method, expected), (rpc.DisplayName, rpc.Status));
        Assert.Equal(int.Parse(status), rpc.GetTagItem("rpc.grpc.status_code"));
        Assert.Null(rpc.GetTagItem("grpc.method"));
        Assert.Equal(("POST", rpc.SpanId), (http.DisplayName, http.ParentSpanId));
        Assert.Null(http.GetTagItem("rpc.system"));
    }

    [Fact]
    public async Task What_a_serving_library_has_put_on_the_span_is_not_said_twice()
    {
        await using TracedApp app = await TracedApp.StartAsync(
            routes => routes.MapPost(Method, async context =>
            {
                Activity.Current!.SetTag("grpc.method", "/" + Method).SetTag("grpc.status_code", "0");
                await GrpcFrames.ServeAsync(context, 0, trailersOnly: false);
            }),
            protocols: HttpProtocols.Http2);
        using HttpResponseMessage answer = await GrpcFrames.CallAsync(app.Client, app.Address("/" + Method));

        Activity span = await app.ServerSpanAsync();
        Assert.Equal((null, null, 0), (span.GetTagItem("grpc.method"), span.GetTagItem("grpc.status_code"), span.GetTagItem("rpc.grpc.status_code")));
    }

    private static Task<TracedApp> StartAsync(int status, bool trailersOnly) => TracedApp.StartAsync(
        routes => routes.MapPost(Method, context => GrpcFrames.ServeAsync(context, status, trailersOnly, "gr%C3%B6%C3%9Fe")), protocols: HttpProtocols.Http2);
}
