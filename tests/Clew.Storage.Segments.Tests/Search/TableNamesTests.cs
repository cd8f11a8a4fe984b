using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance;
using Clew.Storage.Conformance.Generators;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Tables;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Storage.Segments.Tests;

/// <summary>The names every kind of table has to list.</summary>
public abstract class TableNamesTests : TableTests
{
    [Fact]
    public void Names_keys_and_values_are_those_of_the_rows_in_range() => Properties.ForAll(
        from spans in SearchGen.Spans
        from ranges in QueryGen.Range.ListOf(3)
        from attributes in QueryGen.Attribute.ListOf(8)
        select (spans, ranges, attributes),
        drawn =>
        {
            SpanTable table = TableOf(drawn.spans);
            var oracle = new StoreOracle(drawn.spans);
            foreach (TimeRange range in drawn.ranges.Append(TimeRange.All))
            {
                CheckNames(table, oracle, range);
                foreach (AttributeScope scope in Enum.GetValues<AttributeScope>())
                    Assert.Equal(oracle.AttributeKeys(scope, range).ToHashSet(), Set<string>(keys => TableNames.AddAttributeKeys(table, scope, range, keys)));
                foreach (QueryField.Attribute attribute in drawn.attributes)
                    CheckValues(table, oracle, attribute, range);
            }
        },
        count: 150);

    [Fact]
    public void A_value_that_several_places_of_a_span_have_counts_once()
    {
        AttributeList list = SearchSpans.List(("a", AttributeValue.From("x")), ("a", AttributeValue.FromArray(AttributeValue.From("x"), AttributeValue.FromArray(AttributeValue.From("x")))));
        Span span = SearchSpans.Of(1) with
        {
            Attributes = list,
            Resource = new Resource(list),
            Scope = new Scope("", "") { Attributes = list },
            Events = new EquatableList<SpanEvent>(new SpanEvent(1, "e") { Attributes = list }, new SpanEvent(2, "f") { Attributes = list }),
            Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(0, 1), new SpanId(1)) { Attributes = list }),
        };
        SpanTable table = TableOf([span, SearchSpans.Of(2, ("a", AttributeValue.From("x")))]);
        foreach (AttributeScope scope in Enum.GetValues<AttributeScope>())
        {
            var counts = new Dictionary<(string, AttributeType), long>();
            TableNames.AddAttributeValues(table, SearchSpans.Attribute(scope, "a"), TimeRange.All, counts);
            bool alsoOther = scope is AttributeScope.Any or AttributeScope.Span or AttributeScope.SpanThenResource;
            Assert.Equal(alsoOther ? 2 : 1, counts[("x", AttributeType.String)]);
            Assert.Equal(1, counts[("[\"x\",[\"x\"]]", AttributeType.Array)]);
            Assert.Equal(1, counts[("[\"x\"]", AttributeType.Array)]);
        }
    }

    [Fact]
    public void What_is_found_is_added_to_what_was_there()
    {
        SpanTable table = TableOf([SearchSpans.Of(1, ("a", AttributeValue.From("x")))]);
        var services = new HashSet<string> { "before" };
        TableNames.AddServices(table, TimeRange.All, services);
        Assert.Equal(["before", "test service"], services.Order(StringComparer.Ordinal));
        var counts = new Dictionary<(string, AttributeType), long> { [("x", AttributeType.String)] = 5 };
        TableNames.AddAttributeValues(table, SearchSpans.Attribute(AttributeScope.Span, "a"), TimeRange.All, counts);
        Assert.Equal(6, counts[("x", AttributeType.String)]);
    }

    private static void CheckNames(SpanTable table, StoreOracle oracle, TimeRange range)
    {
        HashSet<string> services = [.. oracle.Services(range)];
        Assert.Equal(services, Set<string>(found => TableNames.AddServices(table, range, found)));
        foreach (string? service in services.Append(null).Append("absent"))
        {
            Assert.Equal(oracle.Operations(service, range).ToHashSet(), Set<Operation>(found => TableNames.AddOperations(table, service, range, found)));
            if (service is not null)
                Assert.Equal(oracle.RemoteServices(service, range).ToHashSet(), Set<string>(found => TableNames.AddRemoteServices(table, service, range, found)));
        }
    }

    private static void CheckValues(SpanTable table, StoreOracle oracle, QueryField.Attribute attribute, TimeRange range)
    {
        var counts = new Dictionary<(string Text, AttributeType Type), long>();
        TableNames.AddAttributeValues(table, attribute, range, counts);
        Assert.Equal(
            oracle.AttributeValues(attribute, range).ToDictionary(value => (value.Value, value.Type), value => value.SpanCount),
            counts);
    }

    private static HashSet<T> Set<T>(Action<ISet<T>> add)
    {
        var found = new HashSet<T>();
        add(found);
        return found;
    }
}
