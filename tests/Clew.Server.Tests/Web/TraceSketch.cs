using Clew.Model;
using Clew.Storage;

namespace Clew.Server.Tests.Web;

/// <summary>Writes a trace down span by span, times in milliseconds from its start.</summary>
internal sealed class TraceSketch(TraceId traceId, long startNs)
{
    private readonly Dictionary<string, Resource> resources = [];
    private readonly List<Span> spans = [];
    private ulong nextId = traceId.Low * 31 + 7;

    public TraceId TraceId => traceId;

    public long StartNs => startNs;

    public IReadOnlyList<Span> Spans => spans;

    public Trace Trace => new(traceId, [.. spans]);

    public SpanId Add(string service, string name, double startMs, double durationMs, SpanId parent = default, SpanKind kind = SpanKind.Internal, string? error = null,
        (string Key, object Value)[]? attributes = null, SpanEvent[]? events = null, SpanLink[]? links = null)
    {
        var id = new SpanId(nextId = nextId * 6364136223846793005 + 1442695040888963407);
        spans.Add(new Span
        {
            TraceId = traceId,
            SpanId = id,
            ParentSpanId = parent,
            Name = name,
            Kind = kind,
            StartNs = startNs + (long)(startMs * 1e6),
            DurationNs = (long)(durationMs * 1e6),
            Status = error is null ? StatusCode.Unset : StatusCode.Error,
            StatusMessage = error ?? "",
            Resource = ResourceOf(service),
            Scope = new Scope("shop.instrumentation", "2.9.0"),
            Attributes = Attributes(attributes),
            Events = new EquatableList<SpanEvent>(events ?? []),
            Links = new EquatableList<SpanLink>(links ?? []),
        });
        return id;
    }

    /// <summary>Changes the span added last.</summary>
    public void Change(Func<Span, Span> change) => spans[^1] = change(spans[^1]);

    public SpanEvent Event(double atMs, string name, params (string Key, object Value)[] attributes) =>
        new(startNs + (long)(atMs * 1e6), name) { Attributes = Attributes(attributes) };

    public async Task StoreAsync(ISpanStore store) => await store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), CancellationToken.None);

    private Resource ResourceOf(string service)
    {
        if (!resources.TryGetValue(service, out Resource? resource))
        {
            resource = new Resource(Attributes(
            [
                ("service.name", service), ("service.version", $"3.{service.Length}.1"), ("k8s.pod.name", $"{service}-6f9c4d-x2k7p"), ("host.name", $"node-{service.Length + 7}"),
                ("cloud.availability_zone", "eu-west-1b"), ("telemetry.sdk.language", "java"), ("process.pid", 4711L),
            ]));
            resources.Add(service, resource);
        }
        return resource;
    }

    private static AttributeList Attributes((string Key, object Value)[]? attributes) => new([.. (attributes ?? []).Select(item => new KeyValue(item.Key, Value(item.Value)))]);

    private static AttributeValue Value(object value) => value switch
    {
        string text => AttributeValue.From(text),
        bool flag => AttributeValue.From(flag),
        int number => AttributeValue.From((long)number),
        long number => AttributeValue.From(number),
        double number => AttributeValue.From(number),
        _ => (AttributeValue)value,
    };
}
