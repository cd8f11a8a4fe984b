using System.Net;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;

namespace Clew.Server.Tests.Receivers;

/// <summary>A store that does not keep up: what does not fit is refused in each protocol's words, and all is well again afterwards.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim entered = new(0);
    private TestServer server = null!;
    private RawGrpcClient grpc = null!;

    public async Task InitializeAsync()
    {
        var store = new FakeStore
        {
            OnUse = () =>
            {
                entered.Release();
                return release.Task;
            },
        };
        server = await TestServer.StartAsync(store, options => options with { Ingest = options.Ingest with { BatchesInFlightMax = 2, QueueWaitMs = 50 } });
        grpc = new RawGrpcClient(server);
    }

    public async Task DisposeAsync()
    {
        release.TrySetResult();
        grpc.Dispose();
        await server.DisposeAsync();
        entered.Dispose();
    }

    [Fact]
    public async Task Senders_are_told_to_come_back_and_are_served_when_they_do()
    {
        Task<HttpResponseMessage> first = server.PostOtlpAsync(OtlpPayload.Protobuf((1, 1)));
        Task<RawGrpcClient.Answer> second = grpc.ExportAsync(OtlpPayload.Protobuf((2, 2)));
        await entered.WaitAsync();
        await entered.WaitAsync();

        using HttpResponseMessage otlp = await server.PostOtlpAsync(OtlpPayload.Protobuf((3, 3)));
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (otlp.StatusCode, otlp.RetryAfter()));
        using HttpResponseMessage zipkin = await server.PostAsync(ListenerRole.Zipkin, "/api/v2/spans", """[{"traceId":"1","id":"2"}]"""u8.ToArray(), "application/json");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (zipkin.StatusCode, zipkin.RetryAfter()));
        using HttpResponseMessage jaeger = await server.PostAsync(
            ListenerRole.JaegerHttp, "/api/traces", Capture.Read("otel-go-1.1.0-jaeger-http.01.bin"), "application/x-thrift");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (jaeger.StatusCode, jaeger.RetryAfter()));
        RawGrpcClient.Answer refused = await grpc.ExportAsync(OtlpPayload.Protobuf((4, 4)));
        Assert.Equal(8, refused.Status);
        // google.rpc.Status.details (3) holds an Any with a RetryInfo of retry_delay (1) seconds (1) = 1.
        string details = refused.Details!;
        byte[] status = Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='));
        Assert.Contains("type.googleapis.com/google.rpc.RetryInfo", System.Text.Encoding.ASCII.GetString(status), StringComparison.Ordinal);
        Assert.Equal([0x12, 4, 0x0A, 2, 0x08, 1], status[^6..]);
        Assert.Equal((0, 4), (server.Counters().SpansStored, server.Counters().RequestsRefused));

        release.SetResult();

        using HttpResponseMessage stored = await first;
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(0, (await second).Status);
        using HttpResponseMessage again = await server.PostOtlpAsync(OtlpPayload.Protobuf((3, 3)));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(3, server.Counters().SpansStored);
    }

    [Fact]
    public async Task A_request_that_waits_is_served_when_room_comes_in_time()
    {
        await using TestServer patient = await TestServer.StartAsync(
            new FakeStore { OnUse = () => { entered.Release(); return release.Task; } },
            options => options with { Ingest = options.Ingest with { BatchesInFlightMax = 1, QueueWaitMs = 60_000 } });
        Task<HttpResponseMessage> first = patient.PostOtlpAsync(OtlpPayload.Protobuf((1, 1)));
        await entered.WaitAsync();
        Task<HttpResponseMessage> second = patient.PostOtlpAsync(OtlpPayload.Protobuf((2, 2)));

        release.SetResult();

        foreach (HttpResponseMessage response in await Task.WhenAll(first, second))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }
    }
}
