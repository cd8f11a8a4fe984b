using System.Net;
using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance.Cases;

/// <summary>The dependency cases Zipkin's storage tests require (ITDependencies), each one trace.</summary>
public static class EdgeCases
{
    public const long StartNs = TestSpan.StartNs;

    private const long MsNs = 1_000_000;

    private static readonly TraceId id = new(0xCD, 1);

    /// <summary>frontend calls backend, which shares the span id, which calls a database that fails.</summary>
    public static IReadOnlyList<Span> UsualTrace { get; } =
    [
        Make(1, 0, SpanKind.Server, "frontend", null, 0, 350),
        Make(2, 1, SpanKind.Client, "frontend", "backend", 50, 200),
        Make(2, 1, SpanKind.Server, "backend", null, 100, 150) with { Traits = SpanTraits.Shared },
        Failed(Make(3, 2, SpanKind.Client, "backend", "db", 150, 50)),
    ];

    public static IReadOnlyList<ServiceEdge> UsualEdges { get; } = [new("backend", "db", 1, 1), new("frontend", "backend", 1, 0)];

    public static IReadOnlyList<EdgeCase> All { get; } =
    [
        new("the usual trace", UsualTrace, [.. UsualEdges]),
        new("the root is missing", [.. UsualTrace.Skip(1)], [.. UsualEdges]),
        new("the server half cut its trace id to 64 bits",
            [.. UsualTrace.Select(span => span.Traits == SpanTraits.Shared ? span with { TraceId = new TraceId(0, id.Low) } : span)], [.. UsualEdges]),
        new("a client that calls its own service", [Make(1, 0, SpanKind.Client, "frontend", "frontend")], new ServiceEdge("frontend", "frontend", 1, 0)),
        new("client root and server child with ids of their own",
            [Make(1, 0, SpanKind.Client, "frontend", null), Make(2, 1, SpanKind.Server, "backend", null)], new ServiceEdge("frontend", "backend", 1, 0)),
        new("both ends of the trace are not instrumented",
            [
                Make(1, 0, SpanKind.Server, "frontend", "kafka"),
                Make(2, 1, SpanKind.Client, "frontend", "backend"),
                Make(2, 1, SpanKind.Server, "backend", null) with { Traits = SpanTraits.Shared },
                Make(3, 2, SpanKind.Client, "backend", "db"),
            ],
            new("backend", "db", 1, 0), new("frontend", "backend", 1, 0), new("kafka", "frontend", 1, 0)),
        new("producer and consumer of a broker",
            [Make(1, 0, SpanKind.Producer, "frontend", "kafka"), Make(2, 1, SpanKind.Consumer, "backend", "kafka")],
            new("frontend", "kafka", 1, 0), new("kafka", "backend", 1, 0)),
        new("a span between is missing",
            [Make(1, 0, SpanKind.Server, "frontend", null), Make(4, 3, SpanKind.Client, "backend", null)], new ServiceEdge("frontend", "backend", 1, 0)),
        new("kinds are missing where both names are known",
            [Make(1, 0, 0, "kafka", "frontend"), Make(2, 1, 0, "frontend", "backend"), Make(3, 2, 0, "backend", "db")],
            new("backend", "db", 1, 0), new("frontend", "backend", 1, 0), new("kafka", "frontend", 1, 0)),
        new("endpoints without a name make no edge",
            [Make(1, 0, SpanKind.Server, "frontend", null) with { RemoteEndpoint = Address }, Make(2, 1, SpanKind.Client, "frontend", null) with { RemoteEndpoint = Address }]),
        new("local spans stand between the calls",
            [
                Make(1, 0, SpanKind.Server, "frontend", null),
                Make(2, 1, 0, "frontend", null),
                Make(3, 2, SpanKind.Client, "frontend", null),
                Make(3, 2, SpanKind.Server, "backend", null) with { Traits = SpanTraits.Shared },
                Make(4, 3, 0, "backend", null),
                Make(5, 4, SpanKind.Client, "backend", "db"),
            ],
            new("backend", "db", 1, 0), new("frontend", "backend", 1, 0)),
        new("an annotation called error is no error",
            [
                Make(1, 0, SpanKind.Client, "frontend", "backend") with { Events = TestSpan.Events("error") },
                Make(1, 0, SpanKind.Server, "backend", null) with { Traits = SpanTraits.Shared, Events = TestSpan.Events("error") },
            ],
            new ServiceEdge("frontend", "backend", 1, 0)),
        new("one way without durations",
            [
                Make(1, 0, SpanKind.Client, "frontend", null) with { DurationNs = 0 },
                Make(1, 0, SpanKind.Server, "backend", null) with { DurationNs = 0, Traits = SpanTraits.Shared },
            ],
            new ServiceEdge("frontend", "backend", 1, 0)),
        new("one way from a client that is not instrumented",
            [Make(1, 0, SpanKind.Server, "backend", "kafka"), Make(2, 1, 0, "backend", null)], new ServiceEdge("kafka", "backend", 1, 0)),
    ];

    public static TheoryData<string> Names => new(All.Select(each => each.Name));

    private static Endpoint Address => new(null, IPAddress.Loopback, null, 0);

    private static Span Make(ulong spanId, ulong parent, SpanKind kind, string service, string? remote, long offsetMs = 0, long durationMs = 100) => new()
    {
        TraceId = id,
        SpanId = new SpanId(spanId),
        ParentSpanId = new SpanId(parent),
        Kind = kind,
        Name = "get",
        StartNs = StartNs + (offsetMs * MsNs),
        DurationNs = durationMs * MsNs,
        Resource = TestSpan.Resource(service),
        LocalEndpoint = new Endpoint(service, null, null, 0),
        RemoteEndpoint = remote is null ? null : new Endpoint(remote, null, null, 0),
    };

    private static Span Failed(Span span) => span with { Status = StatusCode.Error, Attributes = TestSpan.Attributes(("error", "💩")) };
}
