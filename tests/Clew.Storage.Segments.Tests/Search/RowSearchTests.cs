using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Generators;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

/// <summary>What every kind of table has to answer.</summary>
public abstract class RowSearchTests : TableTests
{
    [Fact]
    public void A_search_finds_the_rows_the_reference_evaluator_matches()
    {
        const int tables = 150, searches = 20;
        int telling = 0;
        Properties.ForAll(
            from spans in SearchGen.Spans
            from conditions in SearchGen.Condition.ListOf(searches)
            from ranges in QueryGen.Range.ListOf(searches)
            select (spans, conditions, ranges),
            drawn =>
            {
                var oracle = new SearchOracle(TableOf(drawn.spans));
                foreach ((SpanCondition condition, TimeRange range) in drawn.conditions.Zip(drawn.ranges))
                    oracle.Check(condition, range);
                telling += oracle.TellingChecks;
            },
            count: tables);
        Assert.InRange(telling, tables * searches / 5, tables * searches);
    }

    [Fact]
    public void A_search_can_be_used_on_many_tables_again_and_again() => Properties.ForAll(
        from tables in SearchGen.Spans.ListOf(3)
        from conditions in SearchGen.Condition.ListOf(5)
        select (tables, conditions),
        drawn =>
        {
            SearchOracle[] oracles = [.. drawn.tables.Select(spans => new SearchOracle(TableOf(spans)))];
            for (int round = 0; round < 2; round++)
            {
                foreach (SpanCondition condition in drawn.conditions)
                    Array.ForEach(oracles, oracle => oracle.Check(condition, TimeRange.All));
            }
        },
        count: 40);

    [Fact]
    public void A_cancelled_search_ends()
    {
        SpanTable table = TableOf([SearchSpans.Of(1)]);
        using RowBitmap rows = RowBitmap.Rent(table.RowCount);
        var search = new RowSearch(new SpanCondition.Always());
        Assert.Throws<OperationCanceledException>(() => search.Find(table, TimeRange.All, rows, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_wrong_pattern_is_refused_before_any_table_is_searched() => Assert.Throws<QueryException>(() =>
        new RowSearch(new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Regex, AttributeValue.From("("))));

    [Fact]
    public void A_condition_on_the_whole_trace_leaves_its_rows_to_others()
    {
        var root = new SpanCondition.Compare(new QueryField.Intrinsic(IntrinsicField.RootName), ComparisonOperator.Equal, AttributeValue.From("GET /"));
        SpanCondition named = SearchSpans.Equal(QueryField.Name, "GET /cart");
        SpanTable table = TableOf([SearchSpans.Of(1) with { Name = "GET /" }, SearchSpans.Of(2) with { Name = "GET /cart" }]);
        var oracle = new SearchOracle(table);
        foreach (SpanCondition condition in new SpanCondition[] { root, new SpanCondition.Not(root), new SpanCondition.Or(root, named), new SpanCondition.Not(new SpanCondition.And(root, named)) })
        {
            Assert.False(new RowSearch(condition).IsExact);
            Assert.Equal([true, true], Bitmaps.Scan(2, rows => new RowSearch(condition).Find(table, TimeRange.All, rows, CancellationToken.None)));
        }
        var both = new RowSearch(new SpanCondition.And(root, named));
        Assert.False(both.IsExact);
        Assert.Equal(oracle.Spans.Select(span => span.Name == "GET /cart"), Bitmaps.Scan(2, rows => both.Find(table, TimeRange.All, rows, CancellationToken.None)));
        Assert.True(new RowSearch(new SpanCondition.And(root, new SpanCondition.Not(new SpanCondition.Always()))).IsExact);
        Assert.True(new RowSearch(new SpanCondition.Or(root, new SpanCondition.Always())).IsExact);
    }

    [Fact]
    public void What_is_not_in_a_table_is_known_without_a_search()
    {
        SpanTable table = TableOf([.. Enumerable.Range(1, 100).Select(id => SearchSpans.Of((ulong)id, ("http.method", AttributeValue.From("GET")), ("code", AttributeValue.From(200L))))]);
        SpanCondition[] absent =
        [
            SearchSpans.Equal(QueryField.Service, "absent"),
            SearchSpans.Equal(QueryField.Name, "absent"),
            SearchSpans.Equal(SearchSpans.Attribute(AttributeScope.Span, "absent"), "GET"),
            SearchSpans.Equal(SearchSpans.Attribute(AttributeScope.Any, "http.method"), "absent"),
            SearchSpans.Equal(SearchSpans.Attribute(AttributeScope.Resource, "http.method"), "GET"),
            SearchSpans.Equal(SearchSpans.Attribute(AttributeScope.Span, "code"), "200"),
            SearchSpans.Equal(SearchSpans.Attribute(AttributeScope.Event, "http.method"), "GET"),
            new SpanCondition.Exists(SearchSpans.Attribute(AttributeScope.SpanThenResource, "absent")),
            new SpanCondition.Compare(SearchSpans.Attribute(AttributeScope.Span, "absent"), ComparisonOperator.NotEqual, AttributeValue.From("GET")),
            new SpanCondition.And(SearchSpans.Equal(QueryField.Name, "test operation"), SearchSpans.Equal(QueryField.Service, "absent")),
        ];
        Assert.All(absent, condition => Assert.True(new RowSearch(condition).CannotMatch(table), condition.ToString()));
        SpanCondition[] there = [SearchSpans.Equal(QueryField.Service, "test service"), new SpanCondition.Not(absent[0]), new SpanCondition.Or(absent[0], new SpanCondition.Always())];
        Assert.All(there, condition => Assert.False(new RowSearch(condition).CannotMatch(table), condition.ToString()));
    }
}
