using Clew.Model;

namespace Clew.Storage.Conformance;

/// <summary>Plain spans for cases that are about one thing.</summary>
public static class TestSpan
{
    /// <summary>A day at 00:00 UTC, when plain spans start.</summary>
    public const long StartNs = 1_793_923_200_000_000_000;

    public static Span Of(TraceId traceId, ulong spanId, string service = "test service") => new()
    {
        TraceId = traceId,
        SpanId = new SpanId(spanId),
        Name = "test operation",
        StartNs = StartNs,
        DurationNs = 1_000_000,
        Resource = Resource(service),
    };

    public static Resource Resource(string service) => new(Attributes((AttributeKeys.ServiceName, service)));

    public static AttributeList Attributes(params (string Key, string Value)[] items) =>
        new([.. items.Select(item => new KeyValue(item.Key, AttributeValue.From(item.Value)))]);

    public static EquatableList<SpanEvent> Events(params string[] names) =>
        new([.. names.Select(name => new SpanEvent(StartNs, name))]);
}
