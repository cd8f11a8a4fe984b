using System.Buffers;
using System.Net;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Server.Tests.Receivers.Support;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.Grpc;

public sealed class JaegerMetricsGrpcTests : IAsyncLifetime
{
    private const string Service = "/jaeger.api_v2.metrics.MetricsQueryService/";
    private const int InvalidArgument = 3;

    // Within the minute the spans start in.
    private const long EndNs = T0Us * 1000;

    private ApiServer server = null!;
    private RawGrpcClient client = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.StartAsync(
        [
            .. Enumerable.Range(1, 30).Select(id => Span(1, (ulong)id, durationUs: 10_000) with { Kind = SpanKind.Server, Status = id <= 6 ? StatusCode.Error : StatusCode.Ok }),
            Span(2, 1, name: "call") with { Kind = SpanKind.Client },
        ]);
        client = new RawGrpcClient(new IPEndPoint(IPAddress.Loopback, server.Port(ListenerRole.QueryGrpc)));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("GetCallRates", 0, "service_operation_call_rate", 0.5, 0.5)]
    [InlineData("GetErrorRates", 0, "service_operation_error_rate", 0.2, 0.2)]
    [InlineData("GetLatencies", 0.5, "service_operation_latencies", 9.9, 10.1)]
    public async Task A_family_of_series_is_answered(string method, double quantile, string name, double low, double high)
    {
        WireFields family = (await AskAsync(method, Request(quantile, byOperation: true, "web"))).Messages(1).Single();

        Assert.Equal((name, 1UL), (family.Text(1), family.Number(2)));
        Assert.EndsWith(", grouped by service & operation", family.Text(4), StringComparison.Ordinal);
        WireFields series = family.Messages(5).Single();
        Assert.Equal([("operation", "GET /"), ("service_name", "web")], series.Messages(1).Select(label => (label.Text(1), label.Text(2))));
        WireFields point = series.Messages(2).Last();
        Assert.InRange(BitConverter.UInt64BitsToDouble(point.Messages(2).Single().Number(1)), low, high);
        Assert.Equal((ulong)T0Us / 1_000_000, point.Messages(8).Single().Number(1));
    }

    [Fact]
    public async Task A_value_at_zero_is_written()
    {
        WireFields point = (await AskAsync("GetCallRates", Request(0, byOperation: false, "web"))).Messages(1).Single().Messages(5).Single().Messages(2).First();

        Assert.Equal(new byte[9] { 9, 0, 0, 0, 0, 0, 0, 0, 0 }, point.Blobs(2).Single());
    }

    [Fact]
    public async Task The_least_step_is_a_minute() => Assert.Equal(60UL, (await AskAsync("GetMinStepDuration", [])).Messages(1).Single().Number(1));

    [Fact]
    public async Task Mistakes_are_invalid_arguments()
    {
        foreach ((string method, byte[] request, string message) in new[]
        {
            ("GetCallRates", [], "please provide at least one service name"),
            ("GetLatencies", Request(0, byOperation: false, "web"), "please provide a quantile value between (0, 1]"),
            ("GetErrorRates", QueryPayload.Message(outer => outer.WriteMessage(1, QueryPayload.Message(request =>
            {
                request.WriteString(1, "web");
                request.WriteInt64(7, 9);
            }))), "unsupported span kind: 9"),
            ("GetErrorRates", new byte[] { 0xFF }, "at byte"),
        })
        {
            RawGrpcClient.Answer answer = await client.SendAsync(Service + method, RawGrpcClient.Frame(request));
            Assert.Equal((method, InvalidArgument), (method, answer.Status));
            Assert.Contains(message, answer.Message, StringComparison.Ordinal);
        }
    }

    private async Task<WireFields> AskAsync(string method, byte[] request)
    {
        RawGrpcClient.Answer answer = await client.SendAsync(Service + method, RawGrpcClient.Frame(request));
        Assert.Equal((0, ""), (answer.Status, answer.Message ?? ""));
        return new WireFields(Assert.Single(WireFields.Frames(answer.Body)));
    }

    // Two points a minute apart: the first before anything was called.
    private static byte[] Request(double quantile, bool byOperation, params string[] services)
    {
        var message = new ArrayBufferWriter<byte>();
        message.WriteMessage(1, QueryPayload.Message(request =>
        {
            foreach (string service in services)
                request.WriteString(1, service);
            request.WriteInt64(2, byOperation ? 1 : 0);
            request.WriteMessage(3, QueryPayload.Time(EndNs));
            request.WriteMessage(4, QueryPayload.Time(60_000_000_000));
            request.WriteMessage(5, QueryPayload.Time(60_000_000_000));
            request.WriteMessage(6, QueryPayload.Time(60_000_000_000));
        }));
        message.WriteDouble(2, quantile);
        return message.WrittenSpan.ToArray();
    }
}
