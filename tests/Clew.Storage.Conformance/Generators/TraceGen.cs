using System.Net;
using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Conformance.Generators;

/// <summary>
/// Whole traces of the kinds that come in: parents present and missing, shared ids, several roots, spans without time, skewed clocks, few-valued
/// attributes in every scope, delivered in interleaved batches with repetitions. Times lie on a grid of few points, so that
/// generated ranges and cursors hit them exactly.
/// </summary>
public static class TraceGen
{
    /// <summary>Distance of two points of the time grid.</summary>
    public const long StepNs = 1_000_000;

    public const int Steps = 12;

    /// <summary>Few ids, some of which share their low half, one of 64 bits.</summary>
    public static IReadOnlyList<TraceId> TraceIds { get; } =
        [new(0, 7), new(1, 7), new(2, 7), new(1, 8), new(ulong.MaxValue, 9), new(5, 0x8000000000000000), new(3, ulong.MaxValue)];

    public static IReadOnlyList<string> EventNames { get; } = ["exception", "retry", "cache miss", ""];

    public static Gen<long> GridTime { get; } = Gen.Choose(0, Steps).Select(step => SpanGen.BaseNs + (step * StepNs));

    /// <summary>The batches of one store, spans of several traces mixed.</summary>
    public static Gen<List<List<Span>>> Batches { get; } =
        from traces in TraceOf(Gen.Elements<TraceId>(TraceIds)).ListUpTo(6)
        from placed in Gen.CollectToList(traces.SelectMany(trace => trace), span => Placed(span))
        select Deliver(placed.SelectMany(copies => copies));

    /// <summary>
    /// The same with every span in one piece. Which of two contradicting pieces of a span decides depends on the order they stand in, which a trace
    /// does not promise, so what is derived from pieces put together can only be compared for these.
    /// </summary>
    public static Gen<List<List<Span>>> BatchesOfWholeSpans => Batches.Select(batches =>
    {
        var seen = new HashSet<(ulong LowTraceId, SpanId SpanId, bool IsShared)>();
        return batches.Select(batch => batch
            .Where(span => seen.Add((span.TraceId.Low, span.SpanId, span.Traits.HasFlag(SpanTraits.Shared))))
            .ToList()).ToList();
    });

    private static Gen<AttributeValue> Value { get; } = Gen.Frequency(
        (8, SpanGen.SearchValue),
        (1, SpanGen.SearchValue.ListUpTo(3).Select(items => AttributeValue.FromArray([.. items]))),
        (1, SpanGen.Value(2)));

    private static Gen<AttributeList> Attributes(int max) => SpanGen.List(SpanGen.AttributeKey, Value, max);

    private static Gen<Resource> Resource { get; } =
        from service in Gen.Frequency((9, SpanGen.ServiceName.Select(name => (string?)name)), (1, Gen.Constant<string?>(null)))
        from attributes in Attributes(2)
        select new Resource(service is null
            ? attributes
            : new AttributeList([new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(service)), .. attributes]));

    private static Gen<Scope> Scope { get; } = Gen.Frequency(
        (1, Gen.Constant(Model.Scope.None)),
        (2, from name in Gen.Elements("http", "grpc")
            from version in Gen.Elements("", "1.0", "2.0")
            from attributes in Attributes(1)
            select new Scope(name, version) { Attributes = attributes }));

    private static Gen<SpanEvent> Event { get; } =
        from timeNs in GridTime
        from name in Gen.Elements<string>(EventNames)
        from attributes in Attributes(2)
        select new SpanEvent(timeNs, name) { Attributes = attributes };

    private static Gen<SpanLink> Link { get; } =
        from traceId in Gen.Elements<TraceId>(TraceIds)
        from spanId in Gen.Choose(1, 5)
        from attributes in Attributes(1)
        select new SpanLink(traceId, new SpanId((ulong)spanId)) { Attributes = attributes };

    private static Gen<Endpoint?> Remote { get; } = Gen.Frequency(
        (3, Gen.Constant<Endpoint?>(null)),
        (1, SpanGen.ServiceName.Select(name => (Endpoint?)new Endpoint(name, null, null, 0))),
        (1, Gen.Constant<Endpoint?>(new Endpoint(null, IPAddress.Loopback, null, 80))));

    private static Gen<Span> SpanOf(TraceId traceId) =>
        from id in Gen.Choose(1, 9)
        from parent in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 10)))
        from shared in Gen.Frequency((5, Gen.Constant(SpanTraits.None)), (1, Gen.Constant(SpanTraits.Shared)))
        from name in Gen.Frequency((9, SpanGen.Name), (1, Gen.Constant("")))
        from kind in Gen.Elements(Enum.GetValues<SpanKind>())
        from status in Gen.Elements(Enum.GetValues<StatusCode>())
        from message in Gen.Elements("", "", "timeout")
        from startNs in Gen.Frequency((9, GridTime), (1, Gen.Constant(0L)))
        from steps in Gen.Elements(0, 1, 2, 2, 5, 40)
        from resource in Resource
        from scope in Scope
        from attributes in Attributes(4)
        from events in Event.ListUpTo(2)
        from links in Link.ListUpTo(1)
        from remote in Remote
        select new Span
        {
            TraceId = traceId,
            SpanId = new SpanId((ulong)id),
            ParentSpanId = new SpanId(parent == id ? 0 : (ulong)parent),
            Traits = shared,
            Name = name,
            Kind = kind,
            Status = status,
            StatusMessage = message,
            StartNs = startNs,
            DurationNs = steps * StepNs,
            Resource = resource,
            Scope = scope,
            Attributes = attributes,
            Events = new EquatableList<SpanEvent>([.. events]),
            Links = new EquatableList<SpanLink>([.. links]),
            RemoteEndpoint = remote,
        };

    private static Gen<List<Span>> TraceOf(Gen<TraceId> ids) =>
        from id in ids
        from first in SpanOf(id)
        from rest in SpanOf(id).ListUpTo(7)
        select (List<Span>)[first, .. rest];

    // Most spans come once; some are repeated as they are, some come again with more to say, as a client that flushes early does.
    private static Gen<List<(int Batch, Span Span)>> Placed(Span span) =>
        from batch in Gen.Choose(0, 3)
        from again in Gen.Choose(0, 3)
        from repetition in Gen.Choose(0, 9)
        select repetition switch
        {
            0 => (List<(int, Span)>)[(batch, span), (again, span)],
            1 => [(batch, span), (again, span with { DurationNs = span.DurationNs + StepNs, Status = StatusCode.Error })],
            _ => [(batch, span)],
        };

    private static List<List<Span>> Deliver(IEnumerable<(int Batch, Span Span)> placed) =>
        [.. placed.GroupBy(item => item.Batch).OrderBy(batch => batch.Key).Select(batch => batch.Select(item => item.Span).ToList())];
}
