using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;

namespace Clew.Storage.Conformance;

/// <summary>What a store must answer, computed from all spans by brute force and by the reference evaluator.</summary>
public sealed class StoreOracle(IEnumerable<Span> written)
{
    private readonly List<Trace> traces = [.. written.Distinct().GroupBy(span => span.TraceId).Select(spans => new Trace(spans.Key, [.. spans]))];

    public IReadOnlyList<Trace> Traces => traces;

    public TraceSearchResult Search(TraceQuery query)
    {
        List<TraceSummary> matches = Matches(query);
        List<TraceSummary> page = [.. matches.Take(query.Limit)];
        return new TraceSearchResult(page, matches.Count > page.Count ? new TraceCursor(page[^1].StartNs, page[^1].TraceId) : null);
    }

    /// <summary>All answers, whatever the limit.</summary>
    public List<TraceSummary> Matches(TraceQuery query)
    {
        var matcher = new TraceMatcher(query);
        return [.. traces
            .Where(matcher.IsMatch)
            .Select(TraceSummarizer.Summarize)
            .Where(summary => query.After is not { } after || after.Precedes(summary.StartNs, summary.TraceId))
            .OrderByDescending(summary => summary.StartNs)
            .ThenBy(summary => summary.TraceId)];
    }

    public IEnumerable<string> Services(TimeRange range) => Ordinal(SpansIn(range).Select(span => span.ServiceName));

    public IEnumerable<Operation> Operations(string? service, TimeRange range) => SpansIn(range)
        .Where(span => span.Name.Length > 0 && (service is null || span.ServiceName == service))
        .Select(span => new Operation(span.ServiceName, span.Name, span.Kind))
        .Distinct()
        .OrderBy(operation => operation.Name, StringComparer.Ordinal)
        .ThenBy(operation => operation.Kind)
        .ThenBy(operation => operation.Service, StringComparer.Ordinal);

    public IEnumerable<string> RemoteServices(string service, TimeRange range) => Ordinal(SpansIn(range)
        .Where(span => span.ServiceName == service)
        .Select(span => span.RemoteServiceName)
        .OfType<string>()
        .Where(name => name.Length > 0));

    public IEnumerable<string> AttributeKeys(AttributeScope scope, TimeRange range)
    {
        var keys = new HashSet<string>();
        foreach (Span span in SpansIn(range))
            FieldReader.AddKeys(scope, span, keys);
        return Ordinal(keys);
    }

    public IEnumerable<AttributeValueCount> AttributeValues(QueryField.Attribute attribute, TimeRange range) => SpansIn(range)
        .SelectMany(span => Values(attribute, span).Select(value => (Text: value.ToString(), value.Type)).Distinct())
        .GroupBy(value => value)
        .Select(value => new AttributeValueCount(value.Key.Text, value.Key.Type, value.Count()))
        .OrderByDescending(value => value.SpanCount)
        .ThenBy(value => value.Value, StringComparer.Ordinal)
        .ThenBy(value => value.Type);

    public IReadOnlyList<ServiceEdge> ServiceEdges(TimeRange range) => DependencyLinker.Link(traces
        .GroupBy(trace => trace.Id.Low)
        .Select(same => new Trace(same.Max(trace => trace.Id), [.. same.SelectMany(trace => trace.Spans)]))
        .Where(trace => trace.Spans.Any(span => TraceTime.Contains(range, span.StartNs))));

    public IReadOnlyList<MinuteAggregate> MinuteAggregates(string? service, TimeRange range)
    {
        var minutes = new MinuteAggregator();
        foreach (Span span in traces.SelectMany(trace => trace.Spans))
        {
            var minute = new TimeRange(MinuteAggregate.MinuteOf(span.StartNs), MinuteAggregate.MinuteOf(span.StartNs) + MinuteAggregate.MinuteNs - 1);
            if (range.FromNs <= range.ToNs && minute.Overlaps(range) && (service is null || span.ServiceName == service))
                minutes.Add(span);
        }
        return minutes.ToList();
    }

    private IEnumerable<Span> SpansIn(TimeRange range) =>
        traces.SelectMany(trace => trace.Spans).Where(span => TraceTime.Contains(range, span.StartNs));

    private static IEnumerable<string> Ordinal(IEnumerable<string> names) => names.Distinct().Order(StringComparer.Ordinal);

    private static List<AttributeValue> Values(QueryField.Attribute attribute, Span span)
    {
        var values = new List<AttributeValue>();
        FieldReader.Read(attribute, span, values);
        return values;
    }
}
