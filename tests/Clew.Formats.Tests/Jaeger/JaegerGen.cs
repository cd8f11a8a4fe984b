using Clew.Model;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Formats.Tests.Jaeger;

/// <summary>Generates batches as Jaeger clients send them.</summary>
internal static class JaegerGen
{
    public static readonly string[] SpecialKeys =
    [
        "span.kind", "error", "otel.status_code", "otel.status_description", "w3c.tracestate",
        "otel.scope.name", "otel.scope.version", "otel.library.name", "otel.library.version",
    ];

    private static readonly HashSet<string> Special = [.. SpecialKeys];

    /// <summary>Tags without a meaning of their own.</summary>
    public static Gen<KeyValue> PlainTag { get; } =
        from key in Gen.OneOf(SpanGen.Text, SpanGen.AttributeKey).Where(key => !Special.Contains(key))
        from value in Value
        select new KeyValue(key, value);

    /// <summary>Well-formed tags of each special key at most once, all meaning what they say.</summary>
    public static Gen<List<KeyValue>> WellFormedSpecialTags { get; } =
        Gen.SubListOf(
            Text("span.kind", "consumer"),
            new KeyValue("error", AttributeValue.From(true)),
            Text("otel.status_description", "went wrong"),
            Text("w3c.tracestate", "a=1"),
            Text("otel.scope.name", "lib"),
            Text("otel.scope.version", "1.2")).Select(list => list.ToList());

    /// <summary>A batch whose spans have only plain and well-formed special tags.</summary>
    public static Gen<TestBatch> Plain { get; } = Batch(
        from special in WellFormedSpecialTags
        from plain in PlainTag.ListUpTo(4)
        select special.Concat(plain).ToList());

    /// <summary>A batch with every kind of tag, understood or not, repeated or not.</summary>
    public static Gen<TestBatch> Any { get; } = Batch(Gen.OneOf(PlainTag, SpecialTag).ListUpTo(8));

    private static Gen<KeyValue> SpecialTag =>
        from key in Gen.Elements(SpecialKeys)
        from value in Gen.OneOf(
            Value,
            Gen.Elements("server", "internal", "ERROR", "OK", "UNSET", "true", "false", "lib", "other", "").Select(AttributeValue.From),
            Gen.Elements(0L, 1L, 2L, 3L).Select(AttributeValue.From),
            Gen.Elements(true, false).Select(AttributeValue.From))
        select new KeyValue(key, value);

    private static Gen<AttributeValue> Value =>
        SpanGen.Value(0).Where(value => value.Type != AttributeType.Empty);

    private static Gen<TestBatch> Batch(Gen<List<KeyValue>> tags) =>
        from service in Gen.OneOf(SpanGen.ServiceName, Gen.Constant(""))
        from processTags in PlainTag.ListUpTo(3)
        from spans in Span(tags).ListUpTo(4)
        select new TestBatch(new TestProcess(service, processTags), spans);

    private static Gen<TestSpan> Span(Gen<List<KeyValue>> tags) =>
        from traceId in SpanGen.TraceId
        from ids in SpanGen.SpanId.ListOf(3)
        from parent in Gen.Elements(default, ids[1], ids[2])
        from name in SpanGen.Text
        from references in Reference(traceId, [ids[1], ids[2]]).ListUpTo(3)
        from flags in Gen.Elements(0, 1, 2, 3, 8, 9, 11)
        from startUs in Gen.Choose(0, int.MaxValue).Select(us => SpanGen.BaseNs / 1000 + us)
        from durationUs in Gen.Choose(-5, int.MaxValue)
        from spanTags in tags
        from logs in Log.ListUpTo(3)
        select new TestSpan
        {
            TraceId = traceId,
            SpanId = ids[0],
            ParentSpanId = parent,
            Name = name,
            References = references,
            Flags = flags,
            StartUs = startUs,
            DurationUs = durationUs,
            Tags = spanTags,
            Logs = logs,
        };

    private static Gen<TestReference> Reference(TraceId traceId, SpanId[] spanIds) =>
        from followsFrom in Gen.Elements(true, false)
        from trace in Gen.OneOf(Gen.Constant(traceId), SpanGen.TraceId)
        from span in Gen.Elements(spanIds)
        select new TestReference(followsFrom, trace, span);

    private static Gen<TestLog> Log =>
        from timeUs in Gen.Choose(0, int.MaxValue)
        from fields in Gen.OneOf(PlainTag, Value.Select(value => new KeyValue("event", value))).ListUpTo(4)
        select new TestLog(SpanGen.BaseNs / 1000 + timeUs, fields);

    private static KeyValue Text(string key, string value) => new(key, AttributeValue.From(value));
}
