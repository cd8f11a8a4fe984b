using System.Text;
using Clew.Formats;
using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Pipeline.Intake;
using Clew.Server.Tests.Receivers.Support;
using Clew.TestKit;

namespace Clew.Server.Tests.Pipeline;

public sealed class IntakeRegistryTests
{
    private readonly ManualTimeProvider time = new();
    private readonly IntakeRegistry registry;

    public IntakeRegistryTests()
    {
        time.Advance(TimeSpan.FromHours(1));
        registry = new IntakeRegistry(time);
    }

    [Theory]
    [InlineData("node-otlp-http-json.bin", BatchFormat.OtlpJson, "opentelemetry", "nodejs")]
    [InlineData("jaeger-client-go-2.30.0-http-rich.01.bin", BatchFormat.JaegerThriftBinaryBatch, "jaeger", "go")]
    [InlineData("node-jaeger-http-1.bin", BatchFormat.JaegerThriftBinaryBatch, "jaeger", "node")]
    public void Client_libraries_are_known_by_what_their_resource_says(string capture, BatchFormat format, string name, string language)
    {
        SpanBatch batch = Decode(Capture.Read(capture), format);
        registry.Stored(ReceiverName.OtlpHttp, "Go-http-client/1.1", batch);

        Assert.All(registry.ReadFlows(), flow =>
        {
            Assert.Equal((name, language), (flow.Client.Name, flow.Client.Language));
            Assert.Matches("^[0-9]+\\.", flow.Client.Version);
            Assert.NotEmpty(flow.Service);
        });
        Assert.Equal(batch.Spans.Count, registry.ReadFlows().Sum(flow => flow.Spans));
    }

    [Theory]
    [InlineData("zipkin-js/0.22.0 (linux) node/18", "zipkin-js", "0.22.0")]
    [InlineData("custom", "custom", "")]
    [InlineData(null, "", "")]
    public void Without_such_words_the_user_agent_names_the_client(string? userAgent, string name, string version)
    {
        registry.Stored(ReceiverName.Zipkin, userAgent, Zipkin("cart"));
        Flow flow = Assert.Single(registry.ReadFlows());
        Assert.Equal(new Flow(ReceiverName.Zipkin, "cart", new ClientLibrary(name, "", version), 1, flow.FirstNs, flow.FirstNs), flow);
    }

    [Fact]
    public void Spans_of_a_sender_add_up_and_the_last_to_send_stands_first()
    {
        registry.Stored(ReceiverName.Zipkin, "a", Zipkin("cart", "cart", "shop"));
        time.Advance(TimeSpan.FromSeconds(5));
        registry.Stored(ReceiverName.Zipkin, "a", Zipkin("cart"));
        registry.Stored(ReceiverName.ZipkinGrpc, "a", Zipkin("cart"));

        Assert.Equal(
            [("zipkin", "cart", 3L, 5.0), ("zipkin-grpc", "cart", 1L, 0.0), ("zipkin", "shop", 1L, 0.0)],
            registry.ReadFlows().Select(flow => (flow.Receiver, flow.Service, flow.Spans, (flow.LastNs - flow.FirstNs) / 1e9)));
    }

    [Fact]
    public void Names_that_differ_only_beyond_what_is_kept_and_invalid_bytes_do_no_harm()
    {
        string @long = new('ä', 300);
        registry.Stored(ReceiverName.Zipkin, new string('u', 1000), Zipkin(@long + "1", @long + "2"));
        Assert.All(registry.ReadFlows(), flow => Assert.Matches("^ä{80,120}$", flow.Service));

        byte[] invalid = [.. "[{\"traceId\":\"1\",\"id\":\"1\",\"localEndpoint\":{\"serviceName\":\"a\\u0000"u8, .. "\"}}]"u8];
        registry.Stored(ReceiverName.Zipkin, "x", Decode(invalid, BatchFormat.ZipkinV2Json));
        Assert.Contains(registry.ReadFlows(), flow => flow.Service == "a\0");
    }

    [Fact]
    public void The_sender_silent_longest_is_forgotten_when_there_are_too_many()
    {
        for (int i = 0; i < IntakeRegistry.FlowsMax; i++)
        {
            registry.Stored(ReceiverName.Zipkin, null, Zipkin($"s{i}"));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        registry.Stored(ReceiverName.Zipkin, null, Zipkin("s0"));
        time.Advance(TimeSpan.FromMilliseconds(1));
        registry.Stored(ReceiverName.Zipkin, null, Zipkin("new"));

        string[] services = [.. registry.ReadFlows().Select(flow => flow.Service)];
        Assert.Equal(IntakeRegistry.FlowsMax, services.Length);
        Assert.Equal(["new", "s0"], services[..2]);
        Assert.DoesNotContain("s1", services);
        Assert.Equal(1, registry.FlowsForgotten);
    }

    [Fact]
    public void A_known_sender_costs_no_memory()
    {
        SpanBatch batch = Zipkin("cart", "shop");
        registry.Stored(ReceiverName.Zipkin, "zipkin-js/1", batch);
        Assert.Equal(0, Warm.AllocatedBytes(() => registry.Stored(ReceiverName.Zipkin, "zipkin-js/1", batch)));
    }

    [Fact]
    public void The_beginning_of_what_was_refused_is_kept_for_each_reason()
    {
        ReceiverTally tally = registry[ReceiverName.OtlpHttp];
        byte[] payload = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        tally.AddRefusedRequests("malformed", 1);
        tally.KeepRefused(new Refusal(RefusalReason.Malformed, "why"), "curl/8", payload);
        time.Advance(TimeSpan.FromSeconds(1));
        tally.AddRefusedSpans("zero-trace-id", 3);

        Assert.Collection(
            tally.Refusals,
            spans => Assert.Equal(("zero-trace-id", 0L, 3L, null), (spans.Reason, spans.Requests, spans.Spans, spans.Last)),
            request =>
            {
                Assert.Equal(("malformed", 1L, 0L), (request.Reason, request.Requests, request.Spans));
                Assert.Equal(("why", "curl/8", 300), (request.Last!.Message, request.Last.UserAgent, request.Last.PayloadBytes));
                Assert.Equal(payload[..256], request.Last.FirstBytes.ToArray());
            });
    }

    [Fact]
    public void Bytes_are_shown_sixteen_a_line()
    {
        (string Offset, string Hex, string Text)[] lines = [.. HexDump.Lines("GET / HTTP/1.1\r\nä"u8.ToArray())];
        Assert.Equal(("0000", "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a", "GET / HTTP/1.1.."), lines[0]);
        Assert.Equal(("0010", "c3 a4", ".."), lines[1]);
    }

    private static SpanBatch Zipkin(params string[] services) => Decode(
        Encoding.UTF8.GetBytes($"[{string.Join(',', services.Select((service, i) => $$$"""{"traceId":"1","id":"{{{i + 1}}}","localEndpoint":{"serviceName":"{{{service}}}"}}"""))}]"),
        BatchFormat.ZipkinV2Json);

    private static SpanBatch Decode(byte[] payload, BatchFormat format) => SpanDecoder.Decode(format, payload, new SpanBatchBuilder());
}
