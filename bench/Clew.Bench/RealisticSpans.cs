using System.Buffers;
using Clew.Formats.Otlp;
using Clew.Model;

namespace Clew.Bench;

/// <summary>
/// An OTLP request of the shape real services send: about 550 bytes and 10 attributes a span, 20 attributes a resource shared by all its spans, traces of
/// 8 spans, one span in twenty with an exception event. The same bytes on every run.
/// </summary>
internal static class RealisticSpans
{
    public static byte[] OtlpProtobuf(int spanCount)
    {
        var output = new ArrayBufferWriter<byte>();
        OtlpProtobufEncoder.Write(output, Spans(spanCount));
        return output.WrittenSpan.ToArray();
    }

    private static List<Span> Spans(int count)
    {
        var random = new Random(1);
        // Batches of an SDK are of one process; a collector's are of a few.
        Resource[] resources = [.. Enumerable.Range(0, 4).Select(i => Resource(i, random))];
        Scope[] scopes = [new Scope("OpenTelemetry.Instrumentation.AspNetCore", "1.9.0"), new Scope("OpenTelemetry.Instrumentation.SqlClient", "1.9.0-beta.1")];
        return [.. Enumerable.Range(0, count).Select(i => Span(i, resources[i * resources.Length / count], scopes[i % 2], random))];
    }

    private static Resource Resource(int i, Random random) => new(new AttributeList(
        Text("service.name", Services[i]),
        Text("service.version", "2.14.1"),
        Text("service.namespace", "shop"),
        Text("service.instance.id", Guid(random)),
        Text("deployment.environment.name", "production"),
        Text("host.name", $"ip-10-0-{i}-17.eu-central-1.compute.internal"),
        Text("host.arch", "amd64"),
        Text("host.id", Hex(random, 16)),
        Text("os.type", "linux"),
        Text("os.description", "Debian GNU/Linux 12 (bookworm)"),
        Text("process.runtime.name", ".NET"),
        Text("process.runtime.version", "10.0.0"),
        Text("process.executable.path", "/app/shop"),
        new KeyValue("process.pid", AttributeValue.From(1L + i)),
        Text("container.id", Hex(random, 64)),
        Text("k8s.pod.name", $"{Services[i]}-7d9f8b6c5-x{i}k2p"),
        Text("k8s.namespace.name", "shop"),
        Text("telemetry.sdk.name", "opentelemetry"),
        Text("telemetry.sdk.language", "dotnet"),
        Text("telemetry.sdk.version", "1.12.0")));

    private static Span Span(int i, Resource resource, Scope scope, Random random)
    {
        bool server = i % 2 == 0;
        bool failed = i % 100 == 0;
        return new Span
        {
            TraceId = new TraceId(0x6a09e667f3bcc908, 0x9E3779B97F4A7C15 * (ulong)(i / 8 + 1)),
            SpanId = new SpanId(0xD1B54A32D192ED03 * (ulong)(i + 1)),
            ParentSpanId = i % 8 == 0 ? default : new SpanId(0xD1B54A32D192ED03 * (ulong)i),
            Name = server ? "GET /api/cart/{userId}/items" : "SELECT shop.cart_items",
            Kind = server ? SpanKind.Server : SpanKind.Client,
            StartNs = 1_795_000_000_000_000_000 + i * 1_234_567L,
            DurationNs = random.Next(100_000, 50_000_000),
            Flags = 0x101,
            Status = failed ? StatusCode.Error : StatusCode.Unset,
            Resource = resource,
            Scope = scope,
            Attributes = server ? ServerAttributes(failed, random) : DatabaseAttributes(random),
            Events = i % 20 == 0 ? Exception(i) : EquatableList<SpanEvent>.None,
        };
    }

    private static AttributeList ServerAttributes(bool failed, Random random) => new(
        Text("http.request.method", "GET"),
        Text("url.scheme", "https"),
        Text("url.path", $"/api/cart/{random.Next(1_000_000)}/items"),
        Text("http.route", "/api/cart/{userId}/items"),
        new KeyValue("http.response.status_code", AttributeValue.From(failed ? 500L : 200L)),
        Text("server.address", "cart.shop.example"),
        new KeyValue("server.port", AttributeValue.From(8443L)),
        Text("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"),
        Text("enduser.id", $"user-{random.Next(1_000_000)}"),
        new KeyValue("thread.id", AttributeValue.From((long)random.Next(64))),
        Text("session.id", Guid(random)));

    private static AttributeList DatabaseAttributes(Random random) => new(
        Text("db.system.name", "postgresql"),
        Text("db.namespace", "shop"),
        Text("db.operation.name", "SELECT"),
        Text("db.collection.name", "cart_items"),
        Text("db.query.text", "SELECT id, sku, quantity FROM cart_items WHERE user_id = $1 ORDER BY added_at"),
        Text("server.address", "postgres-primary.shop.example"),
        new KeyValue("server.port", AttributeValue.From(5432L)),
        Text("network.peer.address", $"10.0.{random.Next(8)}.{random.Next(256)}"),
        new KeyValue("db.response.returned_rows", AttributeValue.From((long)random.Next(40))),
        new KeyValue("db.client.cached", AttributeValue.From(random.Next(2) == 0)));

    private static EquatableList<SpanEvent> Exception(int i) => new(new SpanEvent(1_795_000_000_000_000_000 + i * 1_234_567L, "exception")
    {
        Attributes = new AttributeList(
            Text("exception.type", "System.TimeoutException"),
            Text("exception.message", "The operation has timed out."),
            Text("exception.stacktrace", string.Concat(Enumerable.Repeat("   at Shop.Cart.Store.LoadAsync(Int64 userId)\n", 20)))),
    });

    private static readonly string[] Services = ["cart", "checkout", "catalogue", "frontend"];

    private static KeyValue Text(string key, string value) => new(key, AttributeValue.From(value));

    private static string Hex(Random random, int digits) => random.GetHexString(digits, lowercase: true);

    private static string Guid(Random random) => $"{Hex(random, 8)}-{Hex(random, 4)}-{Hex(random, 4)}-{Hex(random, 4)}-{Hex(random, 12)}";
}
