using System.Buffers.Binary;
using System.Net;
using Clew.Formats;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Receivers;
using Clew.Server.Tests.Receivers.Support;
using Clew.Storage;
using static Clew.Server.Tests.Api.ApiSpans;

namespace Clew.Server.Tests.Api.Jaeger.Grpc;

public sealed class JaegerQueryGrpcTests : IAsyncLifetime
{
    private const string V2 = "/jaeger.api_v2.QueryService/";
    private const string V3 = "/jaeger.api_v3.QueryService/";
    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int Internal = 13;
    private const int Unavailable = 14;

    private const long MinNs = (T0Us - 1) * 1000;
    private const long MaxNs = (T0Us + 10_000_000) * 1000;

    private static readonly Span[] Shop =
    [
        Span(1, 2, durationUs: 2000) with { Kind = SpanKind.Client, Flags = 1 },
        (Span(1, 3, parent: 2, service: "stock", name: "reserve") with { Kind = SpanKind.Server, Status = StatusCode.Error }).With(("n", 5)).WithEvent("retry", ("attempt", 2)),
        .. Enumerable.Range(100, 23).Select(id => Span(7, (ulong)id, parent: id == 100 ? 0UL : 100, service: "batch", name: "step", startUs: T0Us + 5_000_000)),
    ];

    private ApiServer server = null!;
    private RawGrpcClient client = null!;

    public async Task InitializeAsync()
    {
        server = await ApiServer.StartAsync(Shop);
        client = new RawGrpcClient(new IPEndPoint(IPAddress.Loopback, server.Port(ListenerRole.QueryGrpc)));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trace_of_api_v2_comes_in_chunks_of_ten_spans(bool raw)
    {
        byte[][] chunks = await StreamAsync(V2 + "GetTrace", QueryPayload.Message(request =>
        {
            request.WriteMessage(1, QueryPayload.TraceIdBytes(new TraceId(0, 7)));
            request.WriteInt64(4, raw ? 1 : 0);
        }));

        Assert.Equal([10, 10, 3], chunks.Select(chunk => new WireFields(chunk).Messages(1).Length));
        Assert.Equal(Shop.Where(span => span.TraceId.Low == 7).OrderBy(span => span.SpanId), ReadV2(chunks).OrderBy(span => span.SpanId));
    }

    [Fact]
    public async Task A_span_of_api_v2_has_its_process_references_tags_and_logs()
    {
        byte[][] chunks = await StreamAsync(V2 + "GetTrace", QueryPayload.Message(request => request.WriteMessage(1, [0, 0, 0, 0, 0, 0, 0, 1])));

        WireFields span = Assert.Single(new WireFields(Assert.Single(chunks)).Messages(1), span => span.Text(3) == "reserve");
        Assert.Equal("stock", span.Messages(10)[0].Text(1));
        Assert.Equal([2], span.Messages(4).Select(reference => (int)BinaryPrimitives.ReadUInt64BigEndian(reference.Blobs(2).Single())));
        Assert.Equal(["n", "span.kind", "otel.status_code", "error"], span.Messages(8).Select(tag => tag.Text(1)));
        Assert.Equal(["event", "attempt"], span.Messages(9)[0].Messages(2).Select(field => field.Text(1)));
        Assert.Equal((ulong)T0Us / 1_000_000, span.Messages(6)[0].Number(1));
    }

    [Fact]
    public async Task A_trace_of_api_v3_is_OTLP_in_chunks_of_ten_spans()
    {
        byte[][] chunks = await StreamAsync(V3 + "GetTrace", QueryPayload.Message(request => request.WriteString(1, "7")));

        Assert.Equal([10, 10, 3], chunks.Select(chunk => ReadOtlp(chunk).Length));
        Assert.Equal(Shop.Where(span => span.TraceId.Low == 7).OrderBy(span => span.SpanId), chunks.SelectMany(ReadOtlp).OrderBy(span => span.SpanId));
    }

    [Fact]
    public async Task Searches_of_both_services_find_the_same_traces_newest_first()
    {
        foreach ((byte[] request, string traces) in new[]
        {
            (QueryPayload.Find(minNs: MinNs, maxNs: MaxNs), "7 7 7 1"),
            (QueryPayload.Find(service: "web", minNs: MinNs, maxNs: MaxNs), "1"),
            (QueryPayload.Find(service: "stock", operation: "reserve", minNs: MinNs, maxNs: MaxNs), "1"),
            (QueryPayload.Find(tags: [("error", "true"), ("n", "5")], minNs: MinNs, maxNs: MaxNs), "1"),
            (QueryPayload.Find(minNs: MinNs, maxNs: MaxNs, durationMinNs: 1_500_000), "1"),
            (QueryPayload.Find(minNs: MinNs, maxNs: MaxNs, depth: 1, raw: true), "7 7 7"),
            (QueryPayload.Find(service: "nobody", minNs: MinNs, maxNs: MaxNs), ""),
        })
        {
            byte[][] v2 = await StreamAsync(V2 + "FindTraces", request);
            byte[][] v3 = await StreamAsync(V3 + "FindTraces", request);

            Assert.Equal(traces, string.Join(' ', v2.Select(chunk => ReadV2([chunk]).Select(span => span.TraceId.Low).Distinct().Single())));
            Assert.Equal(traces, string.Join(' ', v3.Select(chunk => ReadOtlp(chunk).Select(span => span.TraceId.Low).Distinct().Single())));
        }
    }

    [Fact]
    public async Task A_structured_filter_is_understood()
    {
        byte[] filter = QueryPayload.Filter(MinNs, MaxNs, "and",
            QueryPayload.Nested(QueryPayload.Call("eq", QueryPayload.Term(2, "status", "span"), QueryPayload.Term(4, "error"))),
            QueryPayload.Nested(QueryPayload.Call("in", QueryPayload.Term(1, "n", "span"), QueryPayload.Term(5, "5", "int"))));

        byte[][] found = await StreamAsync(V3 + "FindTraces", filter);

        Assert.Equal([1UL], found.Select(chunk => ReadOtlp(chunk).Select(span => span.TraceId.Low).Distinct().Single()));
    }

    [Fact]
    public async Task A_search_of_api_v2_without_times_is_about_the_last_two_days()
    {
        Assert.Single(await StreamAsync(V2 + "FindTraces", QueryPayload.Find(service: "web")));
        // What Go sends for a time it was not given: the beginning of the year 1.
        byte[] yearOne = QueryPayload.Message(time => time.WriteInt64(1, -62_135_596_800));
        Assert.Single(await StreamAsync(V2 + "FindTraces", QueryPayload.Message(request => request.WriteMessage(1, QueryPayload.Message(query =>
        {
            query.WriteString(1, "web");
            query.WriteMessage(4, yearOne);
            query.WriteMessage(5, yearOne);
        })))));
    }

    [Fact]
    public async Task Summaries_are_streamed()
    {
        WireFields[] summaries = [.. (await StreamAsync(V3 + "FindTraceSummaries", QueryPayload.Find(minNs: MinNs, maxNs: MaxNs))).SelectMany(chunk => new WireFields(chunk).Messages(1))];

        Assert.Equal(2, summaries.Length);
        WireFields web = summaries[1];
        Assert.Equal(("00000000000000000000000000000001", "web", "GET /"), (web.Text(1), web.Text(2), web.Text(3)));
        Assert.Equal(((ulong)T0Us * 1000, (ulong)(T0Us + 2000) * 1000), (web.Number(4), web.Number(5)));
        Assert.Equal((2UL, 1UL, 0UL), (web.Number(6), web.Number(7), web.Number(8)));
        Assert.Equal([("stock", 1UL, 1UL), ("web", 1UL, 0UL)], web.Messages(9).Select(service => (service.Text(1), service.Number(2), service.Number(3))));
    }

    [Fact]
    public async Task Names_and_dependencies_are_listed()
    {
        foreach (string service in new[] { V2, V3 })
        {
            Assert.Equal(["batch", "stock", "web"], (await UnaryAsync(service + "GetServices", [])).Texts(1));
            WireFields link = Assert.Single((await UnaryAsync(service + "GetDependencies", QueryPayload.Message(request =>
            {
                request.WriteMessage(1, QueryPayload.Time(MinNs));
                request.WriteMessage(2, QueryPayload.Time(MaxNs));
            }))).Messages(1));
            Assert.Equal(("web", "stock", 1UL), (link.Text(1), link.Text(2), link.Number(3)));
        }
        byte[] batch = QueryPayload.Message(request => request.WriteString(1, "batch"));
        WireFields v2 = await UnaryAsync(V2 + "GetOperations", batch);
        Assert.Equal(["step"], v2.Texts(1));
        Assert.Equal([("step", "")], v2.Messages(2).Select(operation => (operation.Text(1), operation.Text(2))));
        Assert.Equal([("step", "internal")], (await UnaryAsync(V3 + "GetOperations", batch)).Messages(1).Select(operation => (operation.Text(1), operation.Text(2))));
        byte[] clients = QueryPayload.Message(request =>
        {
            request.WriteString(1, "web");
            request.WriteString(2, "server");
        });
        Assert.Empty((await UnaryAsync(V2 + "GetOperations", clients)).Messages(2));
        Assert.Empty((await UnaryAsync(V3 + "GetOperations", clients)).Messages(1));
    }

    [Fact]
    public async Task Mistakes_have_their_status_and_the_connection_stays_good()
    {
        byte[] trace2 = QueryPayload.Message(request => request.WriteMessage(1, QueryPayload.TraceIdBytes(new TraceId(0, 2))));
        foreach ((string path, byte[] request, int status, string message) in new[]
        {
            (V2 + "GetTrace", trace2, NotFound, "trace not found"),
            (V2 + "GetTrace", [], InvalidArgument, "uninitialized TraceID is not allowed"),
            (V2 + "GetTrace", QueryPayload.Message(request => request.WriteMessage(1, [1, 2, 3])), InvalidArgument, "a trace id of 3 bytes"),
            (V2 + "GetTrace", [0xFF], InvalidArgument, "at byte"),
            (V2 + "FindTraces", [], InvalidArgument, "missing query"),
            (V2 + "FindTraces", QueryPayload.Find(service: "web", depth: -1), InvalidArgument, "must not be negative"),
            (V2 + "FindTraces", QueryPayload.Find(service: "web", minNs: MaxNs, maxNs: MinNs), InvalidArgument, "range"),
            (V2 + "GetDependencies", [], InvalidArgument, "StartTime and EndTime must be initialized."),
            (V2 + "ArchiveTrace", trace2, NotFound, "trace not found"),
            (V2 + "ArchiveTrace", [], InvalidArgument, "uninitialized TraceID is not allowed"),
            (V3 + "GetTrace", QueryPayload.Message(request => request.WriteString(1, "2")), NotFound, "trace not found"),
            (V3 + "GetTrace", QueryPayload.Message(request => request.WriteString(1, "xyz")), InvalidArgument, "malformed trace_id"),
            (V3 + "FindTraces", QueryPayload.Find(service: "web"), InvalidArgument, "start_time_min and start_time_max are required"),
            (V3 + "FindTraces", QueryPayload.Filter(MinNs, MaxNs, "eq"), InvalidArgument, "malformed filter: eq needs 2 operands, it has 0"),
            (V3 + "GetDependencies", [], InvalidArgument, "StartTime and EndTime"),
        })
        {
            RawGrpcClient.Answer answer = await client.SendAsync(path, RawGrpcClient.Frame(request));
            Assert.Equal((path, status), (path, answer.Status));
            Assert.Contains(message, answer.Message, StringComparison.Ordinal);
            Assert.Empty(answer.Body);
        }
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Health_is_told_for_both_services()
    {
        foreach (string name in new[] { "", "jaeger.api_v2.QueryService", "jaeger.api_v3.QueryService" })
        {
            byte[] request = QueryPayload.Message(message => message.WriteString(1, name));
            Assert.Equal([0, 0, 0, 0, 2, 0x08, 1], (await client.SendAsync("/grpc.health.v1.Health/Check", RawGrpcClient.Frame(request))).Body);
        }
    }

    [Fact]
    public async Task A_fault_after_the_first_chunks_is_told_in_trailers()
    {
        foreach ((Exception fault, int status) in new (Exception, int)[] { (new StoreUnavailableException("gone"), Unavailable), (new InvalidOperationException("secret"), Internal) })
        {
            await using var inner = new MemoryStore();
            await inner.AppendAsync(SpanWriter.WriteAll(Shop, new SpanBatchBuilder()), default);
            await using ApiServer other = await ApiServer.StartAsync(new FailingStore(inner, fault));
            using var otherClient = new RawGrpcClient(new IPEndPoint(IPAddress.Loopback, other.Port(ListenerRole.QueryGrpc)));

            RawGrpcClient.Answer answer = await otherClient.SendAsync(V2 + "FindTraces", RawGrpcClient.Frame(QueryPayload.Find(minNs: MinNs, maxNs: MaxNs)));

            Assert.Equal((3, status), (WireFields.Frames(answer.Body).Length, answer.Status));
            Assert.DoesNotContain("secret", answer.Message, StringComparison.Ordinal);
        }
    }

    private async Task<byte[][]> StreamAsync(string path, byte[] request)
    {
        RawGrpcClient.Answer answer = await client.SendAsync(path, RawGrpcClient.Frame(request));
        Assert.Equal((path, HttpStatusCode.OK, 0, ""), (path, answer.HttpStatus, answer.Status, answer.Message ?? ""));
        return WireFields.Frames(answer.Body);
    }

    private async Task<WireFields> UnaryAsync(string path, byte[] request) => new(Assert.Single(await StreamAsync(path, request)));

    // A chunk is what a batch is, its spans in field 1: the receiver's decoder reads it.
    private static IEnumerable<Span> ReadV2(IEnumerable<byte[]> chunks) => chunks.SelectMany(chunk =>
        SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.JaegerProtobufRequest, QueryPayload.Message(request => request.WriteMessage(1, chunk)), new SpanBatchBuilder())));

    private static Span[] ReadOtlp(byte[] chunk) => SpanReader.ReadAll(SpanDecoder.Decode(BatchFormat.OtlpProtobuf, chunk, new SpanBatchBuilder()));

    /// <summary>Gives one trace and then fails.</summary>
    private sealed class FailingStore(ISpanStore inner, Exception fault) : ForwardingStore(inner)
    {
        private int asked;

        public override ValueTask<Trace?> GetTraceAsync(TraceId traceId, CancellationToken cancellationToken) =>
            asked++ == 0 ? base.GetTraceAsync(traceId, cancellationToken) : throw fault;
    }
}
