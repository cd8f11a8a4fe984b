using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;
using Clew.Storage.Conformance.Generators;
using Clew.Storage.Segments.Tests.Files;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests.Store;

/// <summary>Whatever is done to a store, in whatever order, it answers as one would that has simply kept the spans.</summary>
public sealed class StoreModelTests
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(2);

    private static readonly SegmentStoreOptions Small = Stores.Options with
    {
        HeadRowsMax = 7,
        SegmentRowsMax = 30,
        HeadAgeMax = TimeSpan.FromMinutes(30),
        MaintenanceInterval = TimeSpan.FromDays(1),
        PartitionLength = TimeSpan.FromHours(1),
    };

    private enum Step
    {
        Append,
        Seal,
        Compact,
        CompactAll,
        Reopen,
        Wait,
        Retain,
    }

    [Fact]
    public void Appends_seals_compactions_restarts_and_queries_in_any_order_agree_with_the_reference() => Run(
        Gen.Frequency((6, Gen.Constant(Step.Append)), (2, Gen.Constant(Step.Seal)), (2, Gen.Constant(Step.Compact)), (1, Gen.Constant(Step.CompactAll)), (1, Gen.Constant(Step.Reopen))),
        Small);

    [Fact]
    public void With_retention_young_spans_stay_and_whatever_is_left_is_answered_for_exactly() => Run(
        Gen.Frequency(
            (6, Gen.Constant(Step.Append)), (2, Gen.Constant(Step.Seal)), (1, Gen.Constant(Step.Compact)), (1, Gen.Constant(Step.Reopen)), (3, Gen.Constant(Step.Wait)), (2, Gen.Constant(Step.Retain))),
        Small with { RetentionAge = Age });

    private static void Run(Gen<Step> step, SegmentStoreOptions options)
    {
        Gen<(List<List<Span>>, List<Step>, List<TraceQuery>)> cases =
            from batches in TraceGen.Batches
            from more in TraceGen.Batches
            from steps in step.ListOf(25)
            from queries in QueryGen.Query.ListUpTo(4)
            select ((List<List<Span>>)[.. batches, .. more], steps.ToList(), queries);
        Properties.ForAll(cases, each => Task.Run(() => RunAsync(each.Item1, each.Item2, each.Item3, options)).GetAwaiter().GetResult(), count: 60);
    }

    private static async Task RunAsync(List<List<Span>> batches, List<Step> steps, List<TraceQuery> queries, SegmentStoreOptions options)
    {
        var files = new FaultyFileSystem(1);
        var time = new ManualTimeProvider();
        SegmentStore store = await Stores.OpenAsync(files, options, time);
        try
        {
            // Each span with the moment it arrived last: a replay counts as an arrival too.
            var kept = new Dictionary<Span, DateTimeOffset>();
            foreach (Step step in steps)
            {
                switch (step)
                {
                    case Step.Append when batches.Count > 0:
                        await store.AppendAsync(batches[0]);
                        foreach (Span span in batches[0])
                            kept.TryAdd(span, time.GetUtcNow());
                        batches.RemoveAt(0);
                        break;
                    case Step.Seal:
                        await store.SealAsync();
                        break;
                    case Step.Compact or Step.CompactAll:
                        await store.CompactAsync(all: step == Step.CompactAll);
                        break;
                    case Step.Reopen:
                        await store.DisposeAsync();
                        store = await Stores.OpenAsync(files, options, time);
                        break;
                    case Step.Wait:
                        time.Advance(TimeSpan.FromMinutes(50));
                        break;
                    case Step.Retain:
                        await store.ApplyRetentionAsync();
                        kept = await LeftAsync(store, kept, time.GetUtcNow() - Age);
                        break;
                }
            }
            if (options.RetentionAge is not null)
            {
                // The maintenance thread may have applied it at any time, and would again once a head that waits is sealed: after these two it finds nothing to drop.
                await store.SealAsync();
                await store.ApplyRetentionAsync();
                kept = await LeftAsync(store, kept, time.GetUtcNow() - Age);
            }
            await AssertAgreesAsync(store, new StoreOracle(kept.Keys), queries, options.RetentionAge is not null);
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    // Retention drops whole segments: what is young must be there, of what is old any part may be.
    private static async Task<Dictionary<Span, DateTimeOffset>> LeftAsync(SegmentStore store, Dictionary<Span, DateTimeOffset> kept, DateTimeOffset cutoff)
    {
        var stored = new HashSet<Span>();
        foreach (TraceId id in kept.Keys.Select(span => span.TraceId).Distinct())
            stored.UnionWith((await store.GetTraceAsync(id, CancellationToken.None))?.Spans ?? []);
        Assert.True(stored.IsSubsetOf(kept.Keys));
        Assert.True(kept.Where(span => span.Value >= cutoff).All(span => stored.Contains(span.Key)), "a young span is gone");
        return kept.Where(span => stored.Contains(span.Key)).ToDictionary();
    }

    private static async Task AssertAgreesAsync(SegmentStore store, StoreOracle oracle, List<TraceQuery> queries, bool withRetention)
    {
        Assert.Equal(oracle.Traces.Sum(trace => trace.Spans.Count), store.GetStatistics().Spans);
        if (!withRetention)
            Assert.Equal(oracle.Traces.Count, store.GetStatistics().Traces);
        foreach (Trace trace in oracle.Traces)
            SpanAssert.SameSpans(trace.Spans, (await store.GetTraceAsync(trace.Id, CancellationToken.None))?.Spans ?? []);
        foreach (TraceQuery query in queries)
        {
            TraceSearchResult expected = oracle.Search(query), actual = await store.SearchAsync(query, CancellationToken.None);
            Assert.Equal(expected.Traces, actual.Traces);
            Assert.Equal(expected.Next, actual.Next);
        }
        Assert.Equal(oracle.Services(TimeRange.All), await store.GetServicesAsync(TimeRange.All, CancellationToken.None));
    }
}
