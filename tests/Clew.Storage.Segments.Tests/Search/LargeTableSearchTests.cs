using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>Tables of many rows and values, on which a search takes other ways than on small ones.</summary>
public abstract class LargeTableSearchTests : TableTests
{
    private const int SpanCount = 6_000;

    [Fact]
    public void Large_dictionaries_and_thousands_of_resources_are_searched_exactly()
    {
        var oracle = new SearchOracle(TableOf([.. Enumerable.Range(1, SpanCount).Select(Spread)]));
        SpanCondition rare = Text(AttributeScope.Span, "group", ComparisonOperator.Equal, "17");
        SpanCondition[] conditions =
        [
            Text(AttributeScope.Span, "user.id", ComparisonOperator.Equal, "user-777"),
            Text(AttributeScope.Span, "user.id", ComparisonOperator.Regex, "user-7.*3"),
            Text(AttributeScope.Span, "user.id", ComparisonOperator.NotRegex, "user-7.*"),
            new SpanCondition.And(rare, Text(AttributeScope.Span, "user.id", ComparisonOperator.Regex, ".*[02468]")),
            new SpanCondition.And(rare, Text(AttributeScope.Span, "user.id", ComparisonOperator.NotRegex, ".*[02468]")),
            new SpanCondition.And(rare, new SpanCondition.Not(Text(AttributeScope.Resource, "host.name", ComparisonOperator.Less, "host-3"))),
            Text(AttributeScope.Resource, "host.name", ComparisonOperator.Equal, "host-42"),
            Text(AttributeScope.Resource, "host.name", ComparisonOperator.Regex, "host-4[0-9]*"),
            Text(AttributeScope.SpanThenResource, "host.name", ComparisonOperator.Greater, "host-5"),
            Text(AttributeScope.Any, "user.id", ComparisonOperator.Regex, ".*99"),
            new SpanCondition.And(rare, Text(AttributeScope.Any, "user.id", ComparisonOperator.Regex, ".*9.*")),
            new SpanCondition.And(rare, Text(AttributeScope.Event, "message", ComparisonOperator.Regex, ".*[13579]")),
            Text(AttributeScope.Event, "message", ComparisonOperator.Equal, "message 300"),
            new SpanCondition.And(Text(AttributeScope.Span, "code", ComparisonOperator.Regex, "1.*"), rare),
            new SpanCondition.Compare(Attribute(AttributeScope.Span, "code"), ComparisonOperator.GreaterOrEqual, AttributeValue.From(5000.5)),
            new SpanCondition.Compare(Attribute(AttributeScope.Span, "code"), ComparisonOperator.Equal, AttributeValue.From("1234")) { AsText = true },
            new SpanCondition.Compare(Attribute(AttributeScope.Span, "ratio"), ComparisonOperator.Equal, AttributeValue.From("2.5")) { AsText = true },
            new SpanCondition.And(rare, new SpanCondition.Compare(Attribute(AttributeScope.Span, "ratio"), ComparisonOperator.Less, AttributeValue.From("100")) { AsText = true }),
            new SpanCondition.And(new SpanCondition.Compare(QueryField.Duration, ComparisonOperator.Greater, AttributeValue.From(3_000L)), SearchSpans.Equal(new QueryField.Intrinsic(IntrinsicField.Status), "error")),
            new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Equal, AttributeValue.From("GET /ITEM/55")) { IgnoreCase = true },
            new SpanCondition.And(rare, new SpanCondition.Compare(QueryField.Name, ComparisonOperator.Regex, AttributeValue.From("GET /item/1.*"))),
            new SpanCondition.Compare(new QueryField.Intrinsic(IntrinsicField.SpanId), ComparisonOperator.Equal, AttributeValue.From("000000000000012c")),
            new SpanCondition.And(new SpanCondition.Or(rare, Text(AttributeScope.Span, "group", ComparisonOperator.Equal, "18")), new SpanCondition.Not(Text(AttributeScope.Link, "n", ComparisonOperator.Equal, "2"))),
        ];
        // Twice: the second time decisions are remembered.
        foreach (SpanCondition condition in conditions.Concat(conditions))
        {
            oracle.Check(condition, TimeRange.All);
            oracle.Check(condition, new TimeRange(oracle.Spans[100].StartNs, oracle.Spans[100].StartNs + 2_000));
        }
    }

    [Fact]
    public void Keys_beyond_the_bound_on_columns_are_found()
    {
        Span[] spans = [.. Enumerable.Range(1, AttributeTable.ColumnsMax + 200).Select(id => SearchSpans.Of(
            (ulong)id,
            ($"key {id}", AttributeValue.From($"value {id}")),
            ("common", AttributeValue.From((long)id)),
            ($"key {id}", AttributeValue.FromArray(AttributeValue.From(1L))),
            (id > AttributeTable.ColumnsMax + 100 ? AttributeKeys.PeerService : "other", AttributeValue.From(id % 3 == 0 ? "" : "stock"))))];
        SpanTable table = TableOf(spans);
        var oracle = new SearchOracle(table);
        Assert.NotNull(table.Attributes.Rest);
        foreach (int id in new[] { 1, 500, AttributeTable.ColumnsMax, AttributeTable.ColumnsMax + 150 })
        {
            oracle.Check(Text(AttributeScope.Span, $"key {id}", ComparisonOperator.Equal, $"value {id}"), TimeRange.All);
            oracle.Check(Text(AttributeScope.Any, $"key {id}", ComparisonOperator.NotEqual, "other"), TimeRange.All);
            oracle.Check(new SpanCondition.Compare(Attribute(AttributeScope.Span, $"key {id}"), ComparisonOperator.Equal, AttributeValue.From(1L)), TimeRange.All);
            oracle.Check(new SpanCondition.Exists(Attribute(AttributeScope.SpanThenResource, $"key {id}")), TimeRange.All);
            var counts = new Dictionary<(string, AttributeType), long>();
            TableNames.AddAttributeValues(table, Attribute(AttributeScope.Span, $"key {id}"), TimeRange.All, counts);
            Assert.Equal(3, counts.Count);
        }
        foreach (string name in new[] { "stock", "" })
            oracle.Check(SearchSpans.Equal(new QueryField.Intrinsic(IntrinsicField.RemoteServiceName), name), TimeRange.All);
        var keys = new HashSet<string>();
        TableNames.AddAttributeKeys(table, AttributeScope.Span, TimeRange.All, keys);
        Assert.Equal(spans.SelectMany(span => span.Attributes.Select(item => item.Key)).ToHashSet(), keys);
        var remotes = new HashSet<string>();
        TableNames.AddRemoteServices(table, "test service", TimeRange.All, remotes);
        Assert.Equal(["stock"], remotes);
    }

    private static QueryField.Attribute Attribute(AttributeScope scope, string key) => new(scope, key);

    private static SpanCondition.Compare Text(AttributeScope scope, string key, ComparisonOperator comparison, string text) =>
        new SpanCondition.Compare(Attribute(scope, key), comparison, AttributeValue.From(text));

    private static Span Spread(int id) => SearchSpans.Of(
        (ulong)id,
        ("user.id", AttributeValue.From($"user-{id}")),
        ("group", AttributeValue.From($"{id % 100}")),
        ("code", AttributeValue.From((long)id)),
        ("ratio", AttributeValue.From(id / 4.0))) with
    {
        Name = $"GET /item/{id % 3000}",
        StartNs = 1_795_000_000_000_000_000 + id,
        DurationNs = id,
        Status = id % 50 == 0 ? StatusCode.Error : StatusCode.Unset,
        Resource = new Resource(SearchSpans.List((AttributeKeys.ServiceName, AttributeValue.From($"service {id % 7}")), ("host.name", AttributeValue.From($"host-{id % 2500}")))),
        Events = id % 3 == 0 ? new EquatableList<SpanEvent>([.. Enumerable.Range(0, id % 4).Select(i => new SpanEvent(i, "log") { Attributes = SearchSpans.List(("message", AttributeValue.From($"message {id + i}"))) })]) : EquatableList<SpanEvent>.None,
        Links = id % 5 == 0 ? new EquatableList<SpanLink>(new SpanLink(new TraceId(0, 9), new SpanId((ulong)id)) { Attributes = SearchSpans.List(("n", AttributeValue.From($"{id % 4}"))) }) : EquatableList<SpanLink>.None,
    };
}
