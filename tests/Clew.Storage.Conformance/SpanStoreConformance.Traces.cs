using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Conformance;

/// <summary>Look-up by id (Zipkin's ITTraces), and what every store does with repetitions, bad questions and cancelled calls.</summary>
public abstract partial class SpanStoreConformance
{
    [Fact]
    public async Task An_unknown_id_is_not_found_and_half_an_id_only_by_the_lenient_look_up()
    {
        var id = new TraceId(0xABC, 7);
        await WriteAsync(TestSpan.Of(id, 1));
        Assert.Null(await Store.GetTraceAsync(new TraceId(0, 7), CancellationToken.None));
        Assert.Null(await Store.GetTraceAsync(new TraceId(0xABC, 8), CancellationToken.None));
        Assert.Empty(await Store.GetTracesByLowIdAsync(8, CancellationToken.None));
        Assert.Equal(id, Assert.Single(await Store.GetTracesByLowIdAsync(7, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_batch_that_is_sent_twice_is_kept_once()
    {
        Span[] spans = [TestSpan.Of(Id(1), 1), TestSpan.Of(Id(1), 2) with { Attributes = TestSpan.Attributes(("a", "b")) }];
        await WriteAsync(spans);
        await WriteAsync(spans);
        await WriteAsync(spans[0]);
        await AssertTraceAsync(Id(1), spans);
        Assert.Equal(2, Assert.Single((await SearchAsync(new TraceQuery())).Traces).SpanCount);
        Assert.Equal((2, 1), (Store.GetStatistics().Spans, Store.GetStatistics().Traces));
    }

    [Fact]
    public async Task An_empty_batch_changes_nothing()
    {
        await WriteAsync();
        await AssertFindsAsync(new TraceQuery());
        Assert.Equal(0, Store.GetStatistics().Spans);
    }

    [Fact]
    public async Task Questions_that_cannot_be_asked_are_refused_with_their_reason()
    {
        await WriteAsync(TestSpan.Of(Id(1), 1));
        SpanCondition badPattern = new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Regex, AttributeValue.From("("));
        foreach (TraceQuery query in (TraceQuery[])[new() { Limit = 0 }, new() { Range = new TimeRange(2, 1) }, Conditions.AnySpan(badPattern)])
        {
            var exception = await Assert.ThrowsAsync<QueryException>(() => SearchAsync(query));
            Assert.NotEmpty(exception.Message);
        }
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_stores_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        SpanBatch batch = SpanWriter.WriteAll([TestSpan.Of(Id(1), 1)], new SpanBatchBuilder());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.AppendAsync(batch, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.SearchAsync(new TraceQuery(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetTraceAsync(Id(1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.GetServicesAsync(TimeRange.All, cancelled));
        await AssertFindsAsync(new TraceQuery());
    }
}
