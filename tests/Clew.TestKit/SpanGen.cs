using System.Net;
using Clew.Model;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.TestKit;

/// <summary>
/// Generators of spans that exercise everything the model can hold. The narrow ones (<see cref="Name"/>, <see cref="AttributeKey"/>) draw from few
/// values, so that generated queries have something to find.
/// </summary>
public static class SpanGen
{
    public const long BaseNs = 1_795_000_000_000_000_000;

    /// <summary>Any text without lone surrogates: those have no UTF-8 form.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Elements("", "a", "GET /", "Grüße", "東京 ✓", "a\"b\\c", "line\nbreak\ttab", "\u0001\u001f", "😀", "nul\0l"),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(s => new string([.. s.Get.Where(c => !char.IsSurrogate(c))])));

    public static Gen<string> ServiceName { get; } = Gen.Elements("web", "cart", "stock", "Payment", "db");

    public static Gen<string> Name { get; } = Gen.Elements("GET /", "GET /cart", "reserve", "SELECT", "publish");

    public static Gen<string> AttributeKey { get; } = Gen.Elements("http.status_code", "http.method", "user.id", "error", "a", "b.c", "peer.service");

    public static Gen<TraceId> TraceId { get; } =
        from high in Gen.Frequency((1, Gen.Constant(0UL)), (3, NonZero))
        from low in NonZero
        select new TraceId(high, low);

    public static Gen<SpanId> SpanId { get; } = NonZero.Select(v => new SpanId(v));

    /// <summary>A value of any type, nested up to <paramref name="depth"/> levels.</summary>
    public static Gen<AttributeValue> Value(int depth = 2)
    {
        var leaves = new List<Gen<AttributeValue>>
        {
            Gen.Constant(AttributeValue.Empty),
            Text.Select(AttributeValue.From),
            ArbMap.Default.GeneratorFor<bool>().Select(AttributeValue.From),
            Int64.Select(AttributeValue.From),
            Double.Select(AttributeValue.From),
            ArbMap.Default.GeneratorFor<byte[]>().Select(b => AttributeValue.From(b.AsMemory())),
        };
        if (depth > 0)
        {
            leaves.Add(Value(depth - 1).ListUpTo(3).Select(items => AttributeValue.FromArray([.. items])));
            leaves.Add(List(Text, Value(depth - 1), 3).Select(AttributeValue.FromKeyValues));
        }
        return Gen.OneOf(leaves);
    }

    /// <summary>A scalar of few distinct values, for searching.</summary>
    public static Gen<AttributeValue> SearchValue { get; } = Gen.OneOf(
        Gen.Elements("200", "500", "GET", "true", "alice", "bob", "10").Select(AttributeValue.From),
        Gen.Elements(200L, 500L, 10L, -1L).Select(AttributeValue.From),
        Gen.Elements(0.5, 10.0, 200.0).Select(AttributeValue.From),
        Gen.Elements(true, false).Select(AttributeValue.From));

    public static Gen<AttributeList> List(Gen<string> keys, Gen<AttributeValue> values, int max) =>
        (from key in keys from value in values select new KeyValue(key, value)).ListUpTo(max).Select(items => new AttributeList([.. items]));

    /// <summary>A span that uses every field OTLP has.</summary>
    public static Gen<Span> OtlpSpan { get; } =
        from traceId in TraceId
        from spanId in SpanId
        from parent in Gen.Frequency((1, Gen.Constant(default(SpanId))), (2, SpanId))
        from name in Text
        from kind in Gen.Elements(Enum.GetValues<SpanKind>())
        from startNs in Gen.Choose(0, int.MaxValue).Select(offset => BaseNs + offset * 1000L + offset % 1000)
        from durationNs in Gen.Choose(0, int.MaxValue).Select(d => (long)d)
        from status in Gen.Elements(Enum.GetValues<StatusCode>())
        from statusMessage in Text
        from traceState in Text
        from flags in Gen.Choose(0, 1023)
        from resource in Resource
        from scope in Scope
        from attributes in List(Text, Value(), 6)
        from events in Event.ListUpTo(3)
        from links in Link.ListUpTo(3)
        from dropped in Gen.Choose(0, 5)
        select new Span
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = parent,
            Name = name,
            Kind = kind,
            StartNs = startNs,
            DurationNs = durationNs,
            Status = status,
            StatusMessage = statusMessage,
            TraceState = traceState,
            Flags = (uint)flags,
            Resource = resource,
            Scope = scope,
            Attributes = attributes,
            Events = new EquatableList<SpanEvent>([.. events]),
            Links = new EquatableList<SpanLink>([.. links]),
            DroppedAttributesCount = (uint)dropped,
            DroppedEventsCount = (uint)dropped / 2,
            DroppedLinksCount = (uint)dropped / 3,
        };

    /// <summary>A span as only Zipkin can say it: endpoints, shared and debug, possibly no times.</summary>
    public static Gen<Span> ZipkinLikeSpan { get; } =
        from span in OtlpSpan
        from local in Gen.OneOf(Gen.Constant<Endpoint?>(null), Endpoint.Select(e => (Endpoint?)e))
        from remote in Gen.OneOf(Gen.Constant<Endpoint?>(null), Endpoint.Select(e => (Endpoint?)e))
        from traits in Gen.Elements(SpanTraits.None, SpanTraits.Shared, SpanTraits.Debug, SpanTraits.Shared | SpanTraits.Debug)
        from timed in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        select span with { LocalEndpoint = local, RemoteEndpoint = remote, Traits = traits, StartNs = timed ? span.StartNs : 0 };

    public static Gen<Endpoint> Endpoint { get; } =
        from service in Gen.OneOf(Gen.Constant<string?>(null), ServiceName.Select(s => (string?)s))
        from ipv4 in Gen.Elements<string?>(null, "127.0.0.1", "192.168.99.101")
        from ipv6 in Gen.Elements<string?>(null, "2001:db8::c001")
        from port in Gen.Elements(0, 80, 65535)
        where service is not null || ipv4 is not null || ipv6 is not null || port != 0
        select new Endpoint(service, ipv4 is null ? null : IPAddress.Parse(ipv4), ipv6 is null ? null : IPAddress.Parse(ipv6), (ushort)port);

    private static Gen<ulong> NonZero => ArbMap.Default.GeneratorFor<ulong>().Select(v => v * 0x9E3779B97F4A7C15UL + 1).Where(v => v != 0);

    private static Gen<long> Int64 => Gen.OneOf(Gen.Elements(0L, -1L, long.MaxValue, long.MinValue, 1L << 53, (1L << 53) + 1), ArbMap.Default.GeneratorFor<long>());

    private static Gen<double> Double => Gen.Elements(0.0, -0.0, 0.1, 1e300, -5e-324, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 42);

    private static Gen<Resource> Resource =>
        from service in ServiceName
        from attributes in List(Text, Value(1), 3)
        from dropped in Gen.Choose(0, 2)
        from schema in Gen.Elements("", "https://opentelemetry.io/schemas/1.21.0")
        select new Resource(new AttributeList([new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(service)), .. attributes.Where(a => a.Key != AttributeKeys.ServiceName)]))
        {
            DroppedAttributesCount = (uint)dropped,
            SchemaUrl = schema,
        };

    private static Gen<Scope> Scope =>
        from name in Text
        from version in Text
        from attributes in List(Text, Value(1), 2)
        from dropped in Gen.Choose(0, 2)
        select new Scope(name, version) { Attributes = attributes, DroppedAttributesCount = (uint)dropped };

    private static Gen<SpanEvent> Event =>
        from time in Gen.Choose(0, int.MaxValue)
        from name in Text
        from attributes in List(Text, Value(1), 3)
        from dropped in Gen.Choose(0, 2)
        select new SpanEvent(BaseNs + time, name) { Attributes = attributes, DroppedAttributesCount = (uint)dropped };

    private static Gen<SpanLink> Link =>
        from traceId in TraceId
        from spanId in SpanId
        from state in Text
        from attributes in List(Text, Value(1), 2)
        from flags in Gen.Choose(0, 1023)
        select new SpanLink(traceId, spanId) { TraceState = state, Attributes = attributes, Flags = (uint)flags };
}
