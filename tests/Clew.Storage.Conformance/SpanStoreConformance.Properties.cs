using Clew.Model;
using Clew.Query;
using Clew.Query.Metrics;
using Clew.Storage.Conformance.Generators;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Storage.Conformance;

public abstract partial class SpanStoreConformance
{
    [Fact]
    public void Any_query_is_answered_as_the_reference_evaluator_answers_it_after_every_batch() =>
        ForAllStores(QueryGen.Query.ListUpTo(12), async (store, oracle, query) =>
        {
            TraceSearchResult expected = oracle.Search(query);
            TraceSearchResult actual = await store.SearchAsync(query, CancellationToken.None);
            Assert.Equal(expected.Traces, actual.Traces);
            Assert.Equal(expected.Next, actual.Next);
            Assert.Null(actual.Incomplete);
        });

    [Fact]
    public void Paging_gives_every_match_once_and_in_order() =>
        ForAllStores(QueryGen.Query.ListUpTo(4), async (store, oracle, query) =>
        {
            List<TraceSummary> expected = oracle.Matches(query);
            var actual = new List<TraceSummary>();
            TraceQuery page = query;
            // One page more than can be needed: a store that goes round in circles must not hang the test.
            for (int pages = 0; pages <= expected.Count; pages++)
            {
                TraceSearchResult result = await store.SearchAsync(page, CancellationToken.None);
                actual.AddRange(result.Traces);
                if (result.Next is null)
                    break;
                page = page with { After = result.Next };
            }
            Assert.Equal(expected, actual);
        });

    [Fact]
    public void Traces_read_back_as_written_with_identical_spans_once() =>
        ForAllStores(Gen.Constant(TraceGen.TraceIds.ToList()), async (store, oracle, id) =>
        {
            Trace? expected = oracle.Traces.SingleOrDefault(trace => trace.Id == id);
            Trace? actual = await store.GetTraceAsync(id, CancellationToken.None);
            Assert.Equal(expected?.Id, actual?.Id);
            SpanAssert.SameSpans(expected?.Spans ?? [], actual?.Spans ?? []);

            IReadOnlyList<Trace> sameLow = await store.GetTracesByLowIdAsync(id.Low, CancellationToken.None);
            Assert.Equal(oracle.Traces.Select(trace => trace.Id).Where(other => other.Low == id.Low).Order(), sameLow.Select(trace => trace.Id));
            foreach (Trace trace in sameLow)
                SpanAssert.SameSpans(oracle.Traces.Single(other => other.Id == trace.Id).Spans, trace.Spans);

            Assert.Equal(oracle.Traces.Count, store.GetStatistics().Traces);
            Assert.Equal(oracle.Traces.Sum(trace => trace.Spans.Count), store.GetStatistics().Spans);
        });

    [Fact]
    public void Spans_with_any_content_read_back_equal() =>
        Properties.ForAll(SpanGen.ZipkinLikeSpan.ListUpTo(8), spans => Wait(async () =>
        {
            await using StoreSession generated = await OpenAsync();
            await generated.WriteAsync(spans);
            foreach (IGrouping<TraceId, Span> trace in spans.Distinct().GroupBy(span => span.TraceId))
            {
                Trace? actual = await generated.Store.GetTraceAsync(trace.Key, CancellationToken.None);
                SpanAssert.SameSpans(trace, actual?.Spans ?? []);
            }
        }), GeneratedCases);

    [Fact]
    public void Names_are_those_of_the_spans_in_range() =>
        ForAllStores(QueryGen.Range.ListUpTo(4), async (store, oracle, range) =>
        {
            Assert.Equal(oracle.Services(range), await store.GetServicesAsync(range, CancellationToken.None));
            Assert.Equal(oracle.Operations(null, range), await store.GetOperationsAsync(null, range, CancellationToken.None));
            foreach (string service in oracle.Services(TimeRange.All))
            {
                Assert.Equal(oracle.Operations(service, range), await store.GetOperationsAsync(service, range, CancellationToken.None));
                Assert.Equal(oracle.RemoteServices(service, range), await store.GetRemoteServicesAsync(service, range, CancellationToken.None));
            }
        });

    [Fact]
    public void Attribute_keys_and_values_are_those_of_the_spans_in_range() =>
        ForAllStores((from range in QueryGen.Range from attribute in QueryGen.Attribute select (range, attribute)).ListUpTo(6), async (store, oracle, asked) =>
        {
            foreach (int limit in (int[])[1, 3, 1000])
            {
                IReadOnlyList<string> keys = await store.GetAttributeKeysAsync(asked.attribute.Scope, asked.range, limit, CancellationToken.None);
                Assert.Equal(oracle.AttributeKeys(asked.attribute.Scope, asked.range).Take(limit), keys);
                IReadOnlyList<AttributeValueCount> values = await store.GetAttributeValuesAsync(asked.attribute, asked.range, limit, CancellationToken.None);
                Assert.Equal(oracle.AttributeValues(asked.attribute, asked.range).Take(limit), values);
            }
        });

    [Fact]
    public void Service_edges_are_those_of_the_traces_in_range() =>
        ForAllStores(TraceGen.BatchesOfWholeSpans, QueryGen.Range.ListUpTo(6), async (store, oracle, range) =>
            Assert.Equal(oracle.ServiceEdges(range), await store.GetServiceEdgesAsync(range, CancellationToken.None)));

    [Fact]
    public void Minute_aggregates_are_those_of_the_spans_in_the_minutes_asked_for() =>
        ForAllStores(QueryGen.Range.ListUpTo(6), async (store, oracle, range) =>
        {
            AssertSameMinutes(oracle.MinuteAggregates(null, range), await store.GetMinuteAggregatesAsync(null, range, CancellationToken.None));
            foreach (string service in oracle.Services(range).Take(2))
                AssertSameMinutes(oracle.MinuteAggregates(service, range), await store.GetMinuteAggregatesAsync(service, range, CancellationToken.None));
        });

    private static void AssertSameMinutes(IReadOnlyList<MinuteAggregate> expected, IReadOnlyList<MinuteAggregate> actual)
    {
        Assert.Equal(expected.Select(WithoutLatencies), actual.Select(WithoutLatencies));
        foreach ((MinuteAggregate left, MinuteAggregate right) in expected.Zip(actual))
        {
            Assert.Equal(left.Latencies.Buckets, right.Latencies.Buckets);
            Assert.Equal(left.Latencies.Counts, right.Latencies.Counts);
        }
    }

    private static MinuteAggregate WithoutLatencies(MinuteAggregate row) => row with { Latencies = null! };

    private void ForAllStores<T>(Gen<List<T>> questions, Func<ISpanStore, StoreOracle, T, Task> check) =>
        ForAllStores(TraceGen.Batches, questions, check);

    /// <summary>Fills stores with generated batches and asks every question after each of them.</summary>
    private void ForAllStores<T>(Gen<List<List<Span>>> allBatches, Gen<List<T>> questions, Func<ISpanStore, StoreOracle, T, Task> check)
    {
        Gen<StoreCase<T>> cases =
            from batches in allBatches
            from asked in questions
            select new StoreCase<T>(batches, asked);
        Properties.ForAll(cases, static failing => failing.Shrink(), each => Wait(async () =>
        {
            await using StoreSession generated = await OpenAsync();
            var written = new List<Span>();
            foreach (IReadOnlyList<Span> batch in each.Batches)
            {
                await generated.WriteAsync(batch);
                written.AddRange(batch);
                var oracle = new StoreOracle(written);
                foreach (T question in each.Questions)
                    await check(generated.Store, oracle, question);
            }
        }), GeneratedCases);
    }

    // FsCheck calls a plain action; the thread of the test has nothing else to do.
    private static void Wait(Func<Task> body) => Task.Run(body).GetAwaiter().GetResult();
}
