using System.Diagnostics.Metrics;
using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;
using Clew.Storage.Segments.Tests.Files;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>Searches that several threads look for in many segments.</summary>
public sealed class StoreSearchTests
{
    private const int Segments = 30;

    private static readonly SegmentStoreOptions Options = Stores.Options with { MaintenanceInterval = TimeSpan.FromDays(1), SegmentRowsMax = 1, SearchHelpersMax = 3 };

    [Theory]
    [InlineData("value [0-9]*7")]
    [InlineData("value .*")]
    [InlineData("nothing.*")]
    [InlineData(".*1[13].*|value 2")]
    public async Task Many_segments_are_searched_side_by_side_with_the_results_of_one_after_the_other(string pattern)
    {
        await using SegmentStore store = await Stores.OpenAsync(options: Options);
        Span[] spans = [.. Enumerable.Range(0, Segments * 8).Select(SpanOf)];
        foreach (Span[] some in spans.Chunk(8))
        {
            await store.AppendAsync(some);
            await store.SealAsync();
        }
        var oracle = new StoreOracle(spans);
        TraceQuery? query = new TraceQuery { Limit = 5, Where = new TraceCondition.AnySpan(Matches(pattern)) };
        while (query is not null)
        {
            TraceSearchResult expected = oracle.Search(query), found = await store.SearchAsync(query, CancellationToken.None);
            Assert.Equal(expected.Traces, found.Traces);
            Assert.Equal(expected.Next, found.Next);
            query = found.Next is { } next ? query with { After = next } : null;
        }
    }

    [Fact]
    public async Task Traces_are_found_in_segments_that_the_directory_had_no_room_for_and_these_are_counted()
    {
        using var meter = new Meter("Clew.Store.Tests.Directory");
        long leftOut = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "clew.store.trace_directory.left_out")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref leftOut, count));
        listener.Start();
        Span[] spans = [.. Enumerable.Range(0, 3).Select(SpanOf)];
        await using SegmentStore store = await SegmentStore.OpenAsync(
            new FaultyFileSystem(1), Options with { TraceDirectoryBytesMax = 1 }, meter, TimeProvider.System, incident => Assert.Fail(incident.Message), CancellationToken.None);
        foreach (Span span in spans)
        {
            await store.AppendAsync(span);
            await store.SealAsync();
        }

        foreach (Span span in spans)
            Assert.NotNull(await store.GetTraceAsync(span.TraceId, CancellationToken.None));
        Assert.Equal(spans.Length, Interlocked.Read(ref leftOut));
    }

    [Fact]
    public async Task A_damaged_segment_that_a_helper_meets_is_set_aside_and_hides_nothing_of_the_others()
    {
        var files = new FaultyFileSystem(1);
        Span[] spans = [.. Enumerable.Range(0, Segments).Select(SpanOf)];
        await using (SegmentStore store = await Stores.OpenAsync(files, Options))
        {
            foreach (Span span in spans)
            {
                await store.AppendAsync(span);
                await store.SealAsync();
            }
        }
        string damaged = files.Paths.Where(path => path.EndsWith(".seg", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        byte[] content = files.Content(damaged);
        // The value of its only span, which a pattern is asked about.
        files.FlipBit(damaged, (content.AsSpan().IndexOf("value 0"u8) + 1) * 8);
        var incidents = new List<StoreIncident>();
        await using SegmentStore reopened = await Stores.OpenAsync(files, Options, onIncident: incidents.Add);
        TraceSearchResult found = await reopened.SearchAsync(new TraceQuery { Limit = 100, Where = new TraceCondition.AnySpan(Matches("value .*")) }, CancellationToken.None);
        Assert.Equal(spans.Skip(1).Select(span => span.TraceId).Reverse(), found.Traces.Select(trace => trace.TraceId));
        Assert.Contains(incidents, incident => incident.Message.Contains(damaged, StringComparison.Ordinal));
    }

    private static SpanCondition.Compare Matches(string pattern) =>
        new SpanCondition.Compare(new QueryField.Attribute(AttributeScope.Span, "key"), ComparisonOperator.Regex, AttributeValue.From(pattern));

    // Traces of two spans, some of which lie in two segments.
    private static Span SpanOf(int number) => TestSpan.Of(new TraceId(1, (ulong)(number < Segments ? number : number * 5 % 97) + 1), (ulong)number + 1) with
    {
        StartNs = 1_795_000_000_000_000_000 + number * 1_000_003L,
        Attributes = new AttributeList([new KeyValue("key", AttributeValue.From($"value {number}"))]),
    };
}
