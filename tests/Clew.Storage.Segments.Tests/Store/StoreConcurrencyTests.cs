using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments.Tests.Store;

public sealed class StoreConcurrencyTests
{
    private const int TracesMax = 1500;

    // Heads are sealed and their memory is taken by others while they are read: whoever reads must see what was sent, wherever it is by then.
    [Fact]
    public async Task Whoever_reads_while_heads_are_sealed_finds_what_was_sent()
    {
        await using SegmentStore store = await Stores.OpenAsync(options: Stores.Options with { HeadRowsMax = 60, SegmentRowsMax = 400 });
        int sent = 0;
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 3).Select(reader => Task.Run(() => ReadAsync(store, new Random(reader), () => Volatile.Read(ref sent), done.Token)))];
        for (int trace = 0; trace < TracesMax; trace++)
        {
            await store.AppendAsync(SpansOf(trace));
            Volatile.Write(ref sent, trace + 1);
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(SegmentStore store, Random random, Func<int> sent, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            int count = sent();
            if (count == 0)
                continue;
            // Half of them new ones, which are in heads.
            int number = random.Next(2) == 0 ? random.Next(Math.Max(0, count - 25), count) : random.Next(count);
            Trace? trace = await store.GetTraceAsync(IdOf(number), CancellationToken.None);
            Assert.Equal(SpansOf(number), (trace?.Spans ?? []).OrderBy(span => span.SpanId.Value));
            TraceQuery query = new() { Where = new TraceCondition.AnySpan(new SpanCondition.Compare(new QueryField.Attribute(AttributeScope.Span, "number"), ComparisonOperator.Equal, AttributeValue.From($"value {number}"))) };
            TraceSearchResult found = await store.SearchAsync(query, CancellationToken.None);
            Assert.Equal([IdOf(number)], found.Traces.Select(each => each.TraceId));
        }
    }

    private static TraceId IdOf(int trace) => new(7, (ulong)trace + 1);

    private static Span[] SpansOf(int trace) =>
    [
        .. Enumerable.Range(0, 4).Select(i => new Span
        {
            TraceId = IdOf(trace),
            SpanId = new SpanId((ulong)(trace * 4 + i + 1)),
            Name = $"name {trace % 90}",
            StartNs = 1_000_000 + trace,
            Resource = new Resource(new AttributeList(new KeyValue("service.name", AttributeValue.From($"service {trace % 5}")))),
            Attributes = new AttributeList(new KeyValue("number", AttributeValue.From($"value {trace}")), new KeyValue($"key {trace % 13}", AttributeValue.From((long)i))),
        }),
    ];
}
