using System.Net;
using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>Values on which a scan and the reference are most likely to part.</summary>
public abstract class SearchEdgeTests : TableTests
{
    private static readonly AttributeValue[] Numbers =
    [
        AttributeValue.From(double.NaN), AttributeValue.From(0.0), AttributeValue.From(-0.0), AttributeValue.From(0L), AttributeValue.From(1L), AttributeValue.From(1.0), AttributeValue.From(1.5),
        AttributeValue.From((1L << 53) + 1), AttributeValue.From((double)(1L << 53)), AttributeValue.From(long.MaxValue), AttributeValue.From(9223372036854775808.0),
        AttributeValue.From(double.PositiveInfinity), AttributeValue.From(double.NegativeInfinity), AttributeValue.From(long.MinValue), AttributeValue.From("1"), AttributeValue.From("NaN"),
    ];

    [Fact]
    public void Integers_and_doubles_compare_as_exact_numbers() => CheckAll(
        Numbers.Select((value, i) => SearchSpans.Of((ulong)i + 1, ("n", value))),
        from literal in Numbers
        from comparison in new[] { ComparisonOperator.Equal, ComparisonOperator.NotEqual, ComparisonOperator.Less, ComparisonOperator.LessOrEqual, ComparisonOperator.Greater, ComparisonOperator.GreaterOrEqual }
        from asText in new[] { false, true }
        select new SpanCondition.Compare(SearchSpans.Attribute(AttributeScope.Span, "n"), comparison, literal) { AsText = asText });

    [Fact]
    public void Arrays_count_as_themselves_and_as_their_items_however_deep() => CheckAll(
        [
            SearchSpans.Of(1, ("a", AttributeValue.FromArray(AttributeValue.From("x"), AttributeValue.FromArray(AttributeValue.From("y"), AttributeValue.FromArray(AttributeValue.From(7L)))))),
            SearchSpans.Of(2, ("a", AttributeValue.FromArray())),
            SearchSpans.Of(3, ("a", AttributeValue.FromArray(AttributeValue.FromArray()))),
            SearchSpans.Of(4, ("a", AttributeValue.From("[]"))),
            SearchSpans.Of(5, ("b", AttributeValue.From("x"))),
        ],
        from literal in new[] { AttributeValue.From("x"), AttributeValue.From("y"), AttributeValue.From(7L), AttributeValue.From("7"), AttributeValue.From("[]"), AttributeValue.From("[[]]"), AttributeValue.From("[7]") }
        from comparison in new[] { ComparisonOperator.Equal, ComparisonOperator.NotEqual, ComparisonOperator.GreaterOrEqual }
        from asText in new[] { false, true }
        select new SpanCondition.Compare(SearchSpans.Attribute(AttributeScope.Any, "a"), comparison, literal) { AsText = asText });

    [Fact]
    public void A_key_that_repeats_has_all_of_its_values() => CheckAll(
        [
            SearchSpans.Of(1, ("a", AttributeValue.From("x")), ("a", AttributeValue.From(1L)), ("b", AttributeValue.From("z")), ("a", AttributeValue.From("y"))),
            SearchSpans.Of(2, ("a", AttributeValue.From("y"))),
            SearchSpans.Of(3, ("b", AttributeValue.From("y"))),
        ],
        from literal in new[] { "x", "y", "z", "1", "" }
        from comparison in Enum.GetValues<ComparisonOperator>()
        from asText in new[] { false, true }
        select new SpanCondition.Compare(SearchSpans.Attribute(AttributeScope.Span, "a"), comparison, AttributeValue.From(literal)) { AsText = asText });

    [Fact]
    public void An_empty_text_is_a_value_of_an_attribute_but_not_of_a_field_that_may_be_absent() => CheckAll(
        [
            SearchSpans.Of(1, ("a", AttributeValue.From("")), (AttributeKeys.PeerService, AttributeValue.From(""))) with { Name = "", StatusMessage = "" },
            SearchSpans.Of(2, ("a", AttributeValue.From("x")), (AttributeKeys.PeerService, AttributeValue.From("x"))) with { Name = "x", StatusMessage = "x", Scope = new Scope("x", "x") },
            SearchSpans.Of(3),
        ],
        from field in (QueryField[])
        [
            SearchSpans.Attribute(AttributeScope.Span, "a"), QueryField.Name, new QueryField.Intrinsic(IntrinsicField.StatusMessage), new QueryField.Intrinsic(IntrinsicField.RemoteServiceName),
            new QueryField.Intrinsic(IntrinsicField.ScopeName), new QueryField.Intrinsic(IntrinsicField.ScopeVersion), SearchSpans.Attribute(AttributeScope.SpanThenResource, AttributeKeys.PeerService),
        ]
        from condition in (SpanCondition[])
        [
            new SpanCondition.Exists(field), SearchSpans.Equal(field, ""), new SpanCondition.Not(SearchSpans.Equal(field, "")),
            new SpanCondition.Compare(field, ComparisonOperator.NotEqual, AttributeValue.From("")), new SpanCondition.Compare(field, ComparisonOperator.NotEqual, AttributeValue.From("x")),
            new SpanCondition.Compare(field, ComparisonOperator.Regex, AttributeValue.From(".*")), new SpanCondition.Compare(field, ComparisonOperator.LessOrEqual, AttributeValue.From("x")),
        ]
        select condition);

    [Fact]
    public void The_remote_endpoint_implies_peer_service_only_where_the_span_has_none()
    {
        var stock = new Endpoint("stock", null, null, 0);
        CheckAll(
            [
                SearchSpans.Of(1) with { RemoteEndpoint = stock },
                SearchSpans.Of(2, (AttributeKeys.PeerService, AttributeValue.From("cart"))) with { RemoteEndpoint = stock },
                SearchSpans.Of(3, (AttributeKeys.PeerService, AttributeValue.From("stock"))),
                SearchSpans.Of(4) with { RemoteEndpoint = new Endpoint(null, IPAddress.Loopback, null, 80) },
                SearchSpans.Of(5, (AttributeKeys.PeerService, AttributeValue.From(5L)), (AttributeKeys.PeerService, AttributeValue.From("stock"))),
                SearchSpans.Of(6) with { Resource = new Resource(SearchSpans.List((AttributeKeys.PeerService, AttributeValue.From("stock")))), RemoteEndpoint = new Endpoint("db", null, null, 0) },
                SearchSpans.Of(7) with { Resource = new Resource(SearchSpans.List((AttributeKeys.PeerService, AttributeValue.From("stock")))) },
            ],
            from field in Enum.GetValues<AttributeScope>().Select(scope => (QueryField)new QueryField.Attribute(scope, AttributeKeys.PeerService)).Append(new QueryField.Intrinsic(IntrinsicField.RemoteServiceName))
            from literal in new[] { "stock", "STOCK", "cart", "db", "5", "absent" }
            from comparison in new[] { ComparisonOperator.Equal, ComparisonOperator.NotEqual, ComparisonOperator.Regex }
            from ignoreCase in new[] { false, true }
            select new SpanCondition.Compare(field, comparison, AttributeValue.From(literal)) { IgnoreCase = ignoreCase });
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_found_by_the_text_they_read_as()
    {
        var builder = new SpanBatchBuilder();
        SpanBatch batch = SpanWriter.WriteAll([SearchSpans.Of(1, ("a", AttributeValue.From("x"))), SearchSpans.Of(2, ("a", AttributeValue.From("y")))], builder);
        batch.Spans[0].Name = builder.AddText([0xFF, (byte)'a']);
        batch.SpanAttributes[0] = AttributeRow.String(builder.AddText("a"u8), builder.AddText([(byte)'b', 0x80]));
        batch.SpanAttributes[1] = AttributeRow.String(builder.AddText([0xC0]), builder.AddText("\uFFFD"u8));
        var head = new HeadTable();
        head.Append(batch, new OlderTables());
        SpanTable table = TableOf(head.Snapshot());
        var oracle = new SearchOracle(table);
        Assert.Contains(oracle.Spans, span => span.Name == "\uFFFDa");
        foreach (string literal in new[] { "\uFFFDa", "b\uFFFD", "\uFFFD", "\uD800a", "b\uDC00" })
        {
            foreach (QueryField field in new[] { QueryField.Name, SearchSpans.Attribute(AttributeScope.Span, "a"), SearchSpans.Attribute(AttributeScope.Any, "\uFFFD"), SearchSpans.Attribute(AttributeScope.Any, "\uD800") })
                oracle.Check(SearchSpans.Equal(field, literal), TimeRange.All);
        }
        var keys = new HashSet<string>();
        TableNames.AddAttributeKeys(table, AttributeScope.Span, TimeRange.All, keys);
        Assert.Equal(["a", "\uFFFD"], keys.Order(StringComparer.Ordinal));
    }

    private void CheckAll(IEnumerable<Span> spans, IEnumerable<SpanCondition> conditions)
    {
        var oracle = new SearchOracle(TableOf(spans));
        foreach (SpanCondition condition in conditions)
        {
            oracle.Check(condition, TimeRange.All);
            oracle.Check(new SpanCondition.Not(condition), TimeRange.All);
        }
    }
}
