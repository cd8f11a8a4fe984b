using Clew.Model;

namespace Clew.TestKit.Captures;

/// <summary>
/// Compares spans decoded from a capture with what its client said it sent. All differences are reported together, so
/// that one run shows everything a decoder gets wrong.
/// </summary>
public sealed class CaptureExpectations
{
    private readonly CaptureTolerance tolerance;
    private readonly List<string> differences = [];

    private CaptureExpectations(CaptureTolerance tolerance) => this.tolerance = tolerance;

    /// <summary>Exactly the expected spans are there, each with everything the expectation says of it.</summary>
    public static void Check(IReadOnlyList<ExpectedSpan> expected, IReadOnlyList<Span> actual, CaptureTolerance? tolerance = null)
    {
        var check = new CaptureExpectations(tolerance ?? new CaptureTolerance());
        check.CompareAll(expected, actual);
        if (check.differences.Count > 0)
            Assert.Fail(string.Join('\n', check.differences));
    }

    private void CompareAll(IReadOnlyList<ExpectedSpan> expected, IReadOnlyList<Span> actual)
    {
        Assert.NotEmpty(expected);
        var unmatched = actual.ToList();
        foreach (ExpectedSpan item in expected)
        {
            // Both halves of a Zipkin shared span have one id.
            int index = unmatched.FindIndex(span =>
                span.TraceId == TraceId.Parse(item.TraceId)
                && span.SpanId == SpanId.Parse(item.SpanId)
                && span.Traits.HasFlag(SpanTraits.Shared) == item.Shared);
            if (index < 0)
            {
                differences.Add($"span {item.SpanId} '{item.Name}' of trace {item.TraceId} is missing");
                continue;
            }
            Compare(item, unmatched[index]);
            unmatched.RemoveAt(index);
        }
        foreach (Span span in unmatched)
            differences.Add($"span {span.SpanId} '{span.Name}' of trace {span.TraceId} was not expected");
    }

    private void Compare(ExpectedSpan expected, Span actual)
    {
        string at = $"span {expected.SpanId} '{expected.Name}'";
        Equal(at, "parent", expected.ParentSpanId is null ? default : SpanId.Parse(expected.ParentSpanId), actual.ParentSpanId);
        Equal(at, "name", Cased(expected.Name), actual.Name);
        if (!tolerance.ServiceNameLost)
            Equal(at, "service", Cased(expected.ServiceName), actual.ServiceName);
        if (!IsKind(expected.Kind, actual.Kind))
            differences.Add($"{at}: kind {expected.Kind ?? "(none)"} expected, {actual.Kind} found");
        SameTime(at, "start", expected.StartUs, actual.StartNs);
        SameTime(at, "duration", expected.DurationUs ?? 0, actual.DurationNs);
        if (!tolerance.StatusLost)
            Equal(at, "is an error", expected.IsError, actual.IsError);
        if (expected.StatusMessage is not null && !tolerance.StatusMessageLost)
            Equal(at, "status message", expected.StatusMessage, actual.StatusMessage);
        if (expected.RemoteServiceName is not null)
            Equal(at, "remote service", Cased(expected.RemoteServiceName), actual.RemoteServiceName);
        CompareAttributes(at, expected.Attributes, actual.Attributes, tolerance.AttributesElsewhere, tolerance.MayAdd);
        CompareAttributes($"{at}: resource", expected.ResourceAttributes, actual.Resource.Attributes, new HashSet<string>(), static _ => true);
        CompareEvents(at, expected, actual);
        CompareLinks(at, expected, actual);
    }

    private void CompareEvents(string at, ExpectedSpan expected, Span actual)
    {
        if (expected.Events is null || tolerance.EventsLost)
            return;
        Equal(at, "number of events", expected.Events.Count, actual.Events.Count);
        foreach ((ExpectedEvent item, SpanEvent found) in expected.Events.Zip(actual.Events))
        {
            string where = $"{at}: event '{item.Name}'";
            Equal(where, "name", item.Name, found.Name);
            SameTime(where, "time", item.TimeUs, found.TimeNs);
            CompareAttributes(where, item.Attributes, found.Attributes, tolerance.EventAttributesElsewhere, static _ => false);
        }
    }

    private void CompareLinks(string at, ExpectedSpan expected, Span actual)
    {
        if (expected.Links is null || tolerance.LinksLost)
            return;
        Equal(at, "number of links", expected.Links.Count, actual.Links.Count);
        foreach ((ExpectedLink item, SpanLink found) in expected.Links.Zip(actual.Links))
        {
            Equal($"{at}: link", "trace id", TraceId.Parse(item.TraceId), found.TraceId);
            Equal($"{at}: link", "span id", SpanId.Parse(item.SpanId), found.SpanId);
            // OTLP's links have no kind; those that came as OpenTracing references keep theirs.
            if (found.Attributes.TextOf(AttributeKeys.OpenTracingRefType) is { } refType)
                Equal($"{at}: link", "kind", item.RefType.ToLowerInvariant(), refType);
        }
    }

    private void CompareAttributes(string at, IReadOnlyList<ExpectedAttribute> expected, AttributeList actual, IReadOnlySet<string> elsewhere, Predicate<string> mayAdd)
    {
        var unmatched = actual.ToList();
        foreach (ExpectedAttribute item in expected)
        {
            if (elsewhere.Contains(item.Key))
                continue;
            int index = unmatched.FindIndex(found => found.Key == item.Key);
            if (index < 0)
            {
                differences.Add($"{at}: attribute {item.Key} is missing");
                continue;
            }
            AttributeValue value = unmatched[index].Value;
            if (!AttributeComparison.Same(item, value, tolerance.TypesLost))
                differences.Add($"{at}: attribute {item.Key} is {item.Type} '{item.Text}', found {value.Type} '{value}'");
            unmatched.RemoveAt(index);
        }
        foreach (KeyValue added in unmatched.Where(item => !mayAdd(item.Key)))
            differences.Add($"{at}: attribute {added} was not expected");
    }

    // Clients that set no kind send it as unspecified or as internal.
    private bool IsKind(string? expected, SpanKind actual) => expected switch
    {
        null => actual is SpanKind.Unspecified or SpanKind.Internal,
        "internal" when tolerance.InternalKindLost => actual is SpanKind.Unspecified or SpanKind.Internal,
        _ => expected.Equals(actual.ToString(), StringComparison.OrdinalIgnoreCase),
    };

    // Expectations are in truncated microseconds; so is what is compared with them.
    private void SameTime(string at, string what, long expectedUs, long actualNs)
    {
        if (Math.Abs(expectedUs - actualNs / 1000) > tolerance.TimeUs)
            differences.Add($"{at}: {what} {expectedUs} us expected, {actualNs} ns found");
    }

    private void Equal<T>(string at, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            differences.Add($"{at}: {what} '{expected}' expected, '{actual}' found");
    }

    private string Cased(string text) => tolerance.CaseLost ? text.ToLowerInvariant() : text;
}
