using System.Net;
using System.Text.Json;
using Clew.Formats;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Server.Tests.Api.Jaeger.Grpc;
using Clew.Server.Tests.Receivers.Support;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger;

/// <summary>What is mended in a trace is mended in every one of Jaeger's APIs, unless it is asked for raw.</summary>
public sealed class AdjustedAnswersTests
{
    private const string Disabled = "clock skew adjustment disabled; not applying calculated delta of 400µs";
    private const string Removed = "Invalid span link removed";

    // The child lies outside its parent, on another host; its link leads nowhere; its keys are out of order and it was sent twice.
    private static readonly Span Child = (Span(1, 3, parent: 2, service: "stock", startUs: T0Us - 100, durationUs: 400).WithResource(("host.name", "b")) with
    {
        Links = new EquatableList<SpanLink>(new SpanLink(default, default)),
    }).With(("z", 1), ("peer.ipv4", 0x0A000001));

    private static readonly Span[] Skewed = [Span(1, 2, durationUs: 1000).WithResource(("host.name", "a")), Child, Child with { Attributes = Attributes(("peer.ipv4", 0x0A000001), ("z", 1)) }];

    [Fact]
    public async Task Api_v3_over_http_mends_and_warns()
    {
        await using ApiServer server = await ApiServer.StartAsync(Skewed);

        AssertMended(Spans((await server.Jaeger("/api/v3/traces/1")).Body));
        AssertMended(Spans((await server.Jaeger("/api/v3/traces?query.startTimeMin=2026-11-18T00:00:00Z&query.startTimeMax=2026-11-19T00:00:00Z")).Body));
        AssertRaw(Spans((await server.Jaeger("/api/v3/traces/1?rawTraces=true")).Body));
    }

    [Fact]
    public async Task Both_grpc_services_mend_and_warn()
    {
        await using ApiServer server = await ApiServer.StartAsync(Skewed);
        using var client = new RawGrpcClient(new IPEndPoint(IPAddress.Loopback, server.Port(ListenerRole.QueryGrpc)));
        foreach (bool raw in new[] { false, true })
        {
            byte[] v3 = QueryPayload.Message(request =>
            {
                request.WriteString(1, "1");
                request.WriteInt64(4, raw ? 1 : 0);
            });
            byte[] v2 = QueryPayload.Message(request =>
            {
                request.WriteMessage(1, QueryPayload.TraceIdBytes(new TraceId(0, 1)));
                request.WriteInt64(4, raw ? 1 : 0);
            });

            Span[] ofV3 = [.. (await StreamAsync(client, "/jaeger.api_v3.QueryService/GetTrace", v3)).SelectMany(chunk => Read(BatchFormat.OtlpProtobuf, chunk))];
            Span[] ofV2 = [.. (await StreamAsync(client, "/jaeger.api_v2.QueryService/GetTrace", v2))
                .SelectMany(chunk => Read(BatchFormat.JaegerProtobufRequest, QueryPayload.Message(request => request.WriteMessage(1, chunk))))];

            foreach (Span[] spans in new[] { ofV2, ofV3 })
            {
                if (raw)
                    AssertRaw(spans);
                else
                    AssertMended(spans);
            }
        }
    }

    private static void AssertMended(Span[] spans)
    {
        Assert.Equal(2, spans.Length);
        Span child = spans.Single(span => span.SpanId.Value == 3);
        KeyValue warnings = Assert.Single(child.Attributes, attribute => attribute.Key == AttributeKeys.JaegerWarnings);
        Assert.Equal([Disabled, Removed], warnings.Value.AsArray().Select(text => text.AsString()));
        Assert.Equal("10.0.0.1", child.Attributes.TextOf("peer.ipv4"));
        Assert.Equal(["peer.ipv4", "z"], child.Attributes.Select(attribute => attribute.Key).Where(key => key != AttributeKeys.JaegerWarnings));
        Assert.Empty(child.Links);
    }

    private static void AssertRaw(Span[] spans)
    {
        Assert.Equal(3, spans.Length);
        Assert.DoesNotContain(spans, span => span.Attributes.TryGet(AttributeKeys.JaegerWarnings, out _));
        Assert.Equal("167772161", spans.First(span => span.SpanId.Value == 3).Attributes.TextOf("peer.ipv4"));
    }

    private static async Task<byte[][]> StreamAsync(RawGrpcClient client, string path, byte[] request)
    {
        RawGrpcClient.Answer answer = await client.SendAsync(path, RawGrpcClient.Frame(request));
        Assert.Equal(0, answer.Status);
        return WireFields.Frames(answer.Body);
    }

    private static Span[] Spans(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return Read(BatchFormat.OtlpJson, System.Text.Encoding.UTF8.GetBytes(document.RootElement.GetProperty("result").GetRawText()));
    }

    private static Span[] Read(BatchFormat format, byte[] bytes) => SpanReader.ReadAll(SpanDecoder.Decode(format, bytes, new SpanBatchBuilder()));
}
