using Clew.Model;

namespace Clew.Query;

/// <summary>Values of the fixed fields; the rules stand at <see cref="IntrinsicField"/>.</summary>
internal static class IntrinsicReader
{
    public static void Read(IntrinsicField field, Span span, TraceFacts trace, ICollection<AttributeValue> values)
    {
        switch (field)
        {
            case IntrinsicField.EventName:
                foreach (SpanEvent item in span.Events)
                    values.Add(AttributeValue.From(item.Name));
                break;
            case IntrinsicField.LinkTraceId:
                foreach (SpanLink link in span.Links)
                    values.Add(AttributeValue.From(link.TraceId.ToString()));
                break;
            case IntrinsicField.LinkSpanId:
                foreach (SpanLink link in span.Links)
                    values.Add(AttributeValue.From(link.SpanId.ToString()));
                break;
            default:
                if (Single(field, span, trace) is { } value)
                    values.Add(value);
                break;
        }
    }

    private static AttributeValue? Single(IntrinsicField field, Span span, TraceFacts trace) => field switch
    {
        IntrinsicField.ServiceName => AttributeValue.From(span.ServiceName),
        IntrinsicField.RemoteServiceName => TextOrAbsent(span.RemoteServiceName),
        IntrinsicField.Name => AttributeValue.From(span.Name),
        IntrinsicField.Kind => AttributeValue.From(Word(span.Kind)),
        IntrinsicField.Status => AttributeValue.From(Word(span.Status)),
        IntrinsicField.StatusMessage => TextOrAbsent(span.StatusMessage),
        IntrinsicField.DurationNs => AttributeValue.From(span.DurationNs),
        IntrinsicField.StartNs => span.StartNs == 0 ? null : AttributeValue.From(span.StartNs),
        IntrinsicField.SpanId => AttributeValue.From(span.SpanId.ToString()),
        IntrinsicField.ParentSpanId => span.ParentSpanId.IsZero ? null : AttributeValue.From(span.ParentSpanId.ToString()),
        IntrinsicField.TraceId => AttributeValue.From(span.TraceId.ToString()),
        IntrinsicField.ScopeName => TextOrAbsent(span.Scope.Name),
        IntrinsicField.ScopeVersion => TextOrAbsent(span.Scope.Version),
        IntrinsicField.TraceDurationNs => AttributeValue.From(trace.Summary.DurationNs),
        IntrinsicField.RootName => AttributeValue.From(trace.Summary.RootName),
        IntrinsicField.RootServiceName => AttributeValue.From(trace.Summary.RootServiceName),
        IntrinsicField.IsRoot => AttributeValue.From(span.ParentSpanId.IsZero),
        _ => throw new InvalidOperationException($"Unknown field {field}."),
    };

    private static AttributeValue? TextOrAbsent(string? text) => string.IsNullOrEmpty(text) ? null : AttributeValue.From(text);

    public static string Word(SpanKind kind) => kind switch
    {
        SpanKind.Internal => "internal",
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "unspecified",
    };

    public static string Word(StatusCode status) => status switch
    {
        StatusCode.Ok => "ok",
        StatusCode.Error => "error",
        _ => "unset",
    };
}
