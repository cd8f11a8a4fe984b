using System.Net;
using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Query.Tests.Assembly;

/// <summary>Short spans for tests of assembly: as Zipkin makes them, or as OpenTelemetry does.</summary>
internal static class TestSpan
{
    public static readonly TraceId TraceId = new(0, 0xa);

    public static Span Of(ulong? parent, ulong id, SpanKind kind = SpanKind.Unspecified, string? local = null, string? remote = null, long startNs = 0) => new()
    {
        TraceId = TraceId,
        ParentSpanId = new SpanId(parent ?? 0),
        SpanId = new SpanId(id),
        Kind = kind,
        StartNs = startNs,
        Resource = local is null ? Resource.None : new Resource(new AttributeList(new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(local)))),
        LocalEndpoint = local is null ? null : new Endpoint(local, null, null, 0),
        RemoteEndpoint = remote is null ? null : new Endpoint(remote, null, null, 0),
    };

    public static Span OpenTelemetry(ulong? parent, ulong id, SpanKind kind, string service, string? peer = null) => Of(parent, id, kind, service) with
    {
        LocalEndpoint = null,
        Attributes = peer is null ? AttributeList.None : Tags((AttributeKeys.PeerService, peer)),
    };

    public static Span Shared(this Span span) => span with { Traits = span.Traits | SpanTraits.Shared };

    public static Span At(this Span span, string ipv4, ushort port = 0) => span with
    {
        LocalEndpoint = new Endpoint(span.LocalEndpoint?.ServiceName, IPAddress.Parse(ipv4), null, port),
    };

    public static Span Failed(this Span span) => span with { Attributes = Tags(("error", "")) };

    public static AttributeList Tags(params (string Key, string Value)[] tags) =>
        new([.. tags.Select(static tag => new KeyValue(tag.Key, AttributeValue.From(tag.Value)))]);

    public static Trace Trace(params Span[] spans) => new(TraceId, spans);

    /// <summary>Traces in which everything collides: few ids, self-parents, cycles, duplicates, halves without their other half.</summary>
    public static Gen<List<Span>> TangledTrace { get; } =
        (from id in Gen.Choose(1, 5)
         from parent in Gen.Choose(0, 6)
         from kind in Gen.Elements(Enum.GetValues<SpanKind>())
         from local in Gen.Elements(null, "web", "app", "db", AttributeKeys.UnknownService)
         from remote in Gen.Elements(null, "web", "app", "db", "")
         from ip in Gen.Elements(null, null, "10.0.0.1", "10.0.0.2")
         from startNs in Gen.Choose(0, 3)
         from traits in Gen.Elements(SpanTraits.None, SpanTraits.Shared, SpanTraits.Debug)
         from tags in SpanGen.List(SpanGen.AttributeKey, SpanGen.SearchValue, 2)
         from high in Gen.Elements(0UL, 0UL, 1UL)
         let span = Of((ulong)parent, (ulong)id, kind, local, remote, startNs) with
         {
             TraceId = new TraceId(high, 0xa),
             Traits = traits,
             Attributes = tags,
             Events = new EquatableList<SpanEvent>(new SpanEvent(startNs, "e")),
         }
         select ip is null ? span : span.At(ip)).ListUpTo(12).Where(static spans => spans.Count > 0);
}
