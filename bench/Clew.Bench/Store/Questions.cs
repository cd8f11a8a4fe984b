using System.Diagnostics;
using Clew.Model;
using Clew.Query;
using Clew.Storage;

namespace Clew.Bench.Store;

/// <summary>The questions of the table in docs/performance.md, asked of an open store.</summary>
internal sealed class Questions(ISpanStore store, TraceId[] knownTraces, long newestNs)
{
    // A uuid on every request a server takes.
    private const string RequestId = "http.request.header.x-request-id";

    private readonly Random random = new(1);

    /// <summary>Asks each question some times; a line each.</summary>
    public async Task<IReadOnlyList<(string Name, List<double> Ms)>> AskAsync(int rounds)
    {
        IReadOnlyList<Operation> operations = await store.GetOperationsAsync(null, TimeRange.All, CancellationToken.None);
        string[] rare = await RequestIdsAsync();
        string[] services = [.. await store.GetServicesAsync(TimeRange.All, CancellationToken.None)];
        return
        [
            ("trace by id", await TimeAsync(rounds * 10, async () => await store.GetTraceAsync(Pick(knownTraces), CancellationToken.None))),
            ("newest 20 of service + operation", await TimeAsync(rounds, () =>
            {
                Operation asked = Pick([.. operations]);
                return SearchAsync(Is(QueryField.Service, asked.Service), Is(QueryField.Name, asked.Name));
            })),
            ("newest 20 by a rare attribute value", await TimeAsync(rounds, () => SearchAsync(Is(Tag(RequestId), Pick(rare))))),
            ("newest 20 by an absent value", await TimeAsync(rounds, () => SearchAsync(Is(Tag(RequestId), Guid.NewGuid().ToString())))),
            ("newest 20 by duration > 2 s + error", await TimeAsync(rounds, () => SearchAsync(
                new SpanCondition.Compare(QueryField.Duration, ComparisonOperator.Greater, AttributeValue.From(2_000_000_000L)),
                Is(new QueryField.Intrinsic(IntrinsicField.Status), "error")))),
            ("regex over url.full, whole range", await TimeAsync(Math.Max(3, rounds / 10), () => SearchAsync(
                new SpanCondition.Compare(Tag("url.full"), ComparisonOperator.Regex, AttributeValue.From($".*zz{random.Next(1000)}q.*"))))),
            ("minutes of one service, everything", await TimeAsync(rounds, async () => await store.GetMinuteAggregatesAsync(Pick(services), TimeRange.All, CancellationToken.None))),
            ("service edges, everything", await TimeAsync(Math.Max(3, rounds / 10), async () => await store.GetServiceEdgesAsync(TimeRange.All, CancellationToken.None))),
        ];
    }

    /// <summary>Values that one span each has, or a few of one trace.</summary>
    private async Task<string[]> RequestIdsAsync()
    {
        var found = new HashSet<string>();
        foreach (TraceId id in knownTraces.TakeLast(2000).Concat(knownTraces.Take(2000)))
        {
            if (await store.GetTraceAsync(id, CancellationToken.None) is { } trace)
                found.UnionWith(trace.Spans.Select(static span => span.Attributes.TextOf(RequestId)).OfType<string>().Take(1));
        }
        return [.. found];
    }

    private async Task SearchAsync(params SpanCondition[] conditions) => await store.SearchAsync(
        new TraceQuery
        {
            Range = new TimeRange(0, newestNs),
            Where = new TraceCondition.AnySpan(SpanCondition.All(conditions)),
        },
        CancellationToken.None);

    private T Pick<T>(T[] items) => items[random.Next(items.Length)];

    private static QueryField.Attribute Tag(string key) => new QueryField.Attribute(AttributeScope.Span, key);

    private static SpanCondition.Compare Is(QueryField field, string value) => new SpanCondition.Compare(field, ComparisonOperator.Equal, AttributeValue.From(value));

    private static async Task<List<double>> TimeAsync(int rounds, Func<Task> ask)
    {
        // The first are of code that is not compiled yet.
        for (int i = 0; i < Math.Min(rounds, 5); i++)
            await ask();
        var times = new List<double>(rounds);
        for (int i = 0; i < rounds; i++)
        {
            long before = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        return times;
    }
}
