using System.Net;
using System.Net.Http.Headers;
using Clew.Model;
using Clew.Server.Hosting;
using Clew.Server.Tests.Receivers.Support;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Receivers;

/// <summary>Real clients' payloads through the real doors: what was recorded is found in the store, equal in every field.</summary>
public sealed class CaptureTests : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store);

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task OTLP_over_HTTP()
    {
        await PostAllAsync("otel-go-*-otlp-http-rich.*.bin", BatchFormat.OtlpProtobuf, BodyEncoding.Identity);
        await PostAllAsync("otel-go-*-otlp-http-gzip.*.bin", BatchFormat.OtlpProtobuf, BodyEncoding.Gzip);
        await PostAllAsync("node-otlp-http-proto.bin", BatchFormat.OtlpProtobuf, BodyEncoding.Identity);
        await PostAllAsync("node-otlp-http-proto-gzip.bin", BatchFormat.OtlpProtobuf, BodyEncoding.Gzip);
        await PostAllAsync("node-otlp-http-json.bin", BatchFormat.OtlpJson, BodyEncoding.Identity);
        await PostAllAsync("node-otlp-http-json-gzip.bin", BatchFormat.OtlpJson, BodyEncoding.Gzip);
    }

    [Fact]
    public async Task OTLP_over_gRPC()
    {
        var expected = new List<Span>();
        string[] names = [.. Capture.Names("otel-go-*-otlp-grpc*.bin").Where(name => !name.EndsWith("metrics.04.bin", StringComparison.Ordinal)), "node-otlp-grpc.bin"];
        using var client = new RawGrpcClient(server);
        foreach (string name in names)
        {
            Assert.Equal(0, (await client.ExportAsync(Capture.Read(name))).Status);
            expected.AddRange(Capture.Spans(name, BatchFormat.OtlpProtobuf));
        }
        await IngestAssert.StoredAsync(store, expected);
    }

    [Fact]
    public async Task OTLP_over_gRPC_compressed()
    {
        using var client = new RawGrpcClient(server);
        byte[] frame = Capture.Read("node-otlp-grpc-gzip-framed.bin");

        Assert.Equal(0, (await client.SendAsync(RawGrpcClient.Export, frame, "gzip")).Status);

        Assert.True(store.GetStatistics().Spans > 0);
    }

    [Fact]
    public async Task Zipkin_v2_JSON()
    {
        await PostAllAsync("zipkin-go-*-json*.bin", BatchFormat.ZipkinV2Json, BodyEncoding.Identity);
        await PostAllAsync("node-zipkin-js.bin", BatchFormat.ZipkinV2Json, BodyEncoding.Identity);
        await PostAllAsync("node-zipkin-v2-json.bin", BatchFormat.ZipkinV2Json, BodyEncoding.Identity);
    }

    [Fact]
    public async Task Zipkin_proto3_and_v1()
    {
        await PostAllAsync("node-zipkin-proto3.bin", BatchFormat.ZipkinProto3, BodyEncoding.Identity);
        await PostAllAsync("node-zipkin-js-v1.bin", BatchFormat.ZipkinV1Json, BodyEncoding.Identity);
    }

    [Fact]
    public async Task Jaeger_over_HTTP()
    {
        await PostAllAsync("otel-go-*-jaeger-http*.bin", BatchFormat.JaegerThriftBinaryBatch, BodyEncoding.Identity);
        await PostAllAsync("jaeger-client-go-*-http-rich.*.bin", BatchFormat.JaegerThriftBinaryBatch, BodyEncoding.Identity);
        await PostAllAsync("node-jaeger-http-*.bin", BatchFormat.JaegerThriftBinaryBatch, BodyEncoding.Identity);
    }

    private async Task PostAllAsync(string pattern, BatchFormat format, BodyEncoding encoding)
    {
        (ListenerRole role, string path, string contentType, HttpStatusCode success) = format switch
        {
            BatchFormat.OtlpProtobuf => (ListenerRole.OtlpHttp, "/v1/traces", "application/x-protobuf", HttpStatusCode.OK),
            BatchFormat.OtlpJson => (ListenerRole.OtlpHttp, "/v1/traces", "application/json", HttpStatusCode.OK),
            BatchFormat.ZipkinProto3 => (ListenerRole.Zipkin, "/api/v2/spans", "application/x-protobuf", HttpStatusCode.Accepted),
            BatchFormat.ZipkinV1Json => (ListenerRole.Zipkin, "/api/v1/spans", "application/json", HttpStatusCode.Accepted),
            BatchFormat.ZipkinV2Json => (ListenerRole.Zipkin, "/api/v2/spans", "application/json", HttpStatusCode.Accepted),
            _ => (ListenerRole.JaegerHttp, "/api/traces?format=jaeger.thrift", "application/x-thrift", HttpStatusCode.Accepted),
        };
        foreach (string name in Capture.Names(pattern))
        {
            var content = new ByteArrayContent(Capture.Read(name));
            content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            if (encoding == BodyEncoding.Gzip)
                content.Headers.ContentEncoding.Add("gzip");
            // As most of these clients sent it: chunked.
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { TransferEncodingChunked = true } };
            using HttpResponseMessage response = await server.Client(role).SendAsync(request);
            Assert.Equal(success, response.StatusCode);
            await IngestAssert.StoredAsync(store, Capture.Spans(name, format, encoding));
        }
    }
}
