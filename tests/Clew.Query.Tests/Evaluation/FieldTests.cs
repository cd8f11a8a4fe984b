using Clew.Model;
using static Clew.Query.Tests.Evaluation.Evaluate;

namespace Clew.Query.Tests.Evaluation;

/// <summary>What values fields have on a span.</summary>
public sealed class FieldTests
{
    private static readonly Span full = Span(2) with
    {
        ParentSpanId = new SpanId(1),
        Name = "GET /",
        Kind = SpanKind.Server,
        Status = StatusCode.Error,
        StatusMessage = "boom",
        DurationNs = 7,
        Resource = new Resource(new AttributeList(A("service.name", "web"), A("k", "resource"))),
        Scope = new Scope("lib", "1.0") { Attributes = new AttributeList(A("k", "scope")) },
        Attributes = new AttributeList(A("k", "span")),
        Events = new EquatableList<SpanEvent>(
            new SpanEvent(1, "first") { Attributes = new AttributeList(A("k", "event one")) },
            new SpanEvent(2, "second") { Attributes = new AttributeList(A("k", "event two")) }),
        Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(3, 4), new SpanId(5)) { Attributes = new AttributeList(A("k", "link")) }),
        RemoteEndpoint = new Endpoint("db", null, null, 0),
    };

    private static readonly Span root = Span(1) with
    {
        Name = "root",
        StartNs = BaseNs - 10,
        DurationNs = 5,
        Resource = new Resource(new AttributeList(A("service.name", "edge"))),
    };

    [Theory]
    [InlineData(IntrinsicField.ServiceName, "web")]
    [InlineData(IntrinsicField.RemoteServiceName, "db")]
    [InlineData(IntrinsicField.Name, "GET /")]
    [InlineData(IntrinsicField.Kind, "server")]
    [InlineData(IntrinsicField.Status, "error")]
    [InlineData(IntrinsicField.StatusMessage, "boom")]
    [InlineData(IntrinsicField.DurationNs, 7L)]
    [InlineData(IntrinsicField.StartNs, BaseNs)]
    [InlineData(IntrinsicField.SpanId, "0000000000000002")]
    [InlineData(IntrinsicField.ParentSpanId, "0000000000000001")]
    [InlineData(IntrinsicField.TraceId, "00000000000000010000000000000001")]
    [InlineData(IntrinsicField.ScopeName, "lib")]
    [InlineData(IntrinsicField.ScopeVersion, "1.0")]
    [InlineData(IntrinsicField.EventName, "first")]
    [InlineData(IntrinsicField.EventName, "second")]
    [InlineData(IntrinsicField.LinkTraceId, "00000000000000030000000000000004")]
    [InlineData(IntrinsicField.LinkSpanId, "0000000000000005")]
    [InlineData(IntrinsicField.TraceDurationNs, 17L)]
    [InlineData(IntrinsicField.RootName, "root")]
    [InlineData(IntrinsicField.RootServiceName, "edge")]
    [InlineData(IntrinsicField.IsRoot, false)]
    public void A_fixed_field_has_its_value(IntrinsicField field, object expected)
    {
        AttributeValue literal = expected switch
        {
            string text => AttributeValue.From(text),
            long number => AttributeValue.From(number),
            _ => AttributeValue.From((bool)expected),
        };
        Assert.True(Holds(Compare(Intrinsic(field), ComparisonOperator.Equal, literal), full, root));
        Assert.True(Holds(new SpanCondition.Exists(Intrinsic(field)), full, root));
    }

    [Fact]
    public void What_a_bare_span_does_not_say_is_absent()
    {
        var bare = new Span { TraceId = new TraceId(1, 1), SpanId = new SpanId(1) };
        IntrinsicField[] absent = [.. Enum.GetValues<IntrinsicField>().Where(field => !Holds(new SpanCondition.Exists(Intrinsic(field)), bare))];
        Assert.Equal(
            [
                IntrinsicField.RemoteServiceName, IntrinsicField.StatusMessage, IntrinsicField.StartNs, IntrinsicField.ParentSpanId,
                IntrinsicField.ScopeName, IntrinsicField.ScopeVersion, IntrinsicField.EventName, IntrinsicField.LinkTraceId, IntrinsicField.LinkSpanId,
            ],
            absent);
        Assert.True(Holds(Is(QueryField.Service, AttributeKeys.UnknownService), bare));
        Assert.True(Holds(Is(QueryField.Name, ""), bare));
        Assert.True(Holds(Is(Intrinsic(IntrinsicField.Kind), "unspecified"), bare));
        Assert.True(Holds(Is(Intrinsic(IntrinsicField.Status), "unset"), bare));
    }

    [Theory]
    [InlineData(AttributeScope.Span, "span")]
    [InlineData(AttributeScope.Resource, "resource")]
    [InlineData(AttributeScope.Scope, "scope")]
    [InlineData(AttributeScope.Event, "event one, event two")]
    [InlineData(AttributeScope.Link, "link")]
    [InlineData(AttributeScope.SpanThenResource, "span")]
    [InlineData(AttributeScope.Any, "span, resource, scope, event one, event two, link")]
    public void A_scope_looks_where_it_says(AttributeScope scope, string expected)
    {
        var values = new List<AttributeValue>();
        FieldReader.Read(new QueryField.Attribute(scope, "k"), full, values);
        Assert.Equal(expected, string.Join(", ", values));
    }

    [Fact]
    public void An_unscoped_key_falls_back_to_the_resource_only_when_the_span_has_none()
    {
        QueryField unscoped = Attribute("k", AttributeScope.SpanThenResource);
        Assert.False(Holds(Is(unscoped, "resource"), full));
        Assert.True(Holds(Is(unscoped, "resource"), full with { Attributes = AttributeList.None }));
        Assert.False(Holds(Is(unscoped, "resource"), full with { Attributes = new AttributeList(A("k", AttributeValue.Empty)) }));
    }

    [Fact]
    public void A_remote_endpoint_answers_for_peer_service_when_the_attribute_is_absent()
    {
        foreach (AttributeScope scope in (AttributeScope[])[AttributeScope.Any, AttributeScope.Span, AttributeScope.SpanThenResource])
        {
            Assert.True(Holds(Is(Attribute("peer.service", scope), "db"), full));
            Assert.False(Holds(Is(Attribute("peer.service", scope), "db"), full with { Attributes = new AttributeList(A("peer.service", "other")) }));
        }
        Assert.False(Holds(Is(Attribute("peer.service", AttributeScope.Resource), "db"), full));
        Assert.False(Holds(new SpanCondition.Exists(Attribute("peer.service")), full with { RemoteEndpoint = null }));
    }

    [Fact]
    public void Keys_are_those_that_exist()
    {
        var keys = new SortedSet<string>();
        FieldReader.AddKeys(AttributeScope.Any, full, keys);
        Assert.Equal(["k", "peer.service", "service.name"], keys);
        Assert.All(keys, key => Assert.True(Holds(new SpanCondition.Exists(Attribute(key)), full)));
    }
}
