using Clew.Model;
using Clew.Query;
using static Clew.Storage.Conformance.Conditions;

namespace Clew.Storage.Conformance.Cases;

/// <summary>
/// The searches Jaeger's own storage tests require (its integration suite, queries 01 to 25), with this project's spans: tags in every place
/// they can be, alone and combined with operation and duration bounds, bounds included.
/// </summary>
public static class JaegerSearchCases
{
    private const long DayNs = TestSpan.StartNs;
    private const long HourNs = 3_600_000_000_000;
    private const long MinuteNs = 60_000_000_000;
    private const long StartNs = DayNs + (16 * HourNs) + (46 * MinuteNs) + 31_639_875_000;
    private const long UsualNs = 5_000;

    private static readonly TimeRange window = new(StartNs - HourNs, StartNs + HourNs);
    private static readonly SpanCondition operation = Name("query operation");
    private static readonly SpanCondition max = DurationBetween(0, 2_000);
    private static readonly SpanCondition range = DurationBetween(4_500, 5_500);
    private static readonly SpanCondition shortest = DurationBetween(0, 1_000);

    private static readonly EquatableList<SpanLink> threeLinks = new(
        new SpanLink(new TraceId(0, 255), new SpanId(255)) { Attributes = new AttributeList(new KeyValue(AttributeKeys.OpenTracingRefType, AttributeValue.From("child_of"))) },
        new SpanLink(new TraceId(0, 1), new SpanId(2)) { TraceState = "a=b" },
        new SpanLink(new TraceId(0, 1), new SpanId(2)) { Attributes = new AttributeList(new KeyValue(AttributeKeys.OpenTracingRefType, AttributeValue.From("follows_from"))) });

    public static IReadOnlyList<SearchCase> All { get; } =
    [
        Case("01 tags on the span", [SearchTags.Condition], OnSpan, [7_000]),
        Case("02 tags in an event", [SearchTags.Condition], InEvent),
        Case("03 tags in the resource", [SearchTags.Condition], InResource),
        Case("04 tags in resource, event and span", [SearchTags.Condition], Split),
        AcrossMidnight(),
        Case("06 operation", [operation], Plain),
        Case("07 operation, at most 2 us", [operation, max], Plain, [1_000, 2_000]),
        Case("08 operation, 4.5 to 5.5 us", [operation, range], Plain),
        Case("09 4.5 to 5.5 us", [range], Plain),
        Case("10 at most 1 us, exactly met", [shortest], Plain, [1_000]),
        Case("11 service only", [], Plain),
        Case("12 tags and operation, on a span with links", [SearchTags.Condition, operation], span => OnSpan(span) with { Links = threeLinks }),
        Case("13 tags in resource, operation, at most 2 us", [SearchTags.Condition, operation, max], InResource, [2_000]),
        Case("14 tags in event, operation, 4.5 to 5.5 us", [SearchTags.Condition, operation, range], InEvent),
        Case("15 tags on span, 4.5 to 5.5 us", [SearchTags.Condition, range], OnSpan),
        Case("16 tags in resource, at most 1 us", [SearchTags.Condition, shortest], InResource, [1_000]),
        Case("17 scattered tags, operation", [SearchTags.Condition, operation], Scattered),
        Case("18 scattered tags, operation, at most 2 us", [SearchTags.Condition, operation, max], Scattered, [2_000]),
        Case("19 scattered tags, operation, 4.5 to 5.5 us", [SearchTags.Condition, operation, range], Scattered),
        Case("20 scattered tags, 4.5 to 5.5 us", [SearchTags.Condition, range], Scattered),
        Case("21 scattered tags, at most 1 us", [SearchTags.Condition, shortest], Scattered, [1_000]),
        Case("22 three traces of one service", [], Plain, traceCount: 3),
        Case("23 tags, scope name and version", [SearchTags.Condition, Intrinsic(IntrinsicField.ScopeName, "testing-library"), Intrinsic(IntrinsicField.ScopeVersion, "1.1.1")],
            span => OnSpan(span) with { Scope = new Scope("testing-library", "1.1.1") }),
        Case("24 attributes of the scope", [SearchTags.Condition], span => span with { Scope = new Scope("", "") { Attributes = SearchTags.All } }),
        Case("25 attributes of a link", [SearchTags.Condition], span => span with
        {
            Links = new EquatableList<SpanLink>(new SpanLink(new TraceId(1, 1), new SpanId(1)) { Attributes = SearchTags.All }),
        }),
    ];

    public static TheoryData<string> Names => new(All.Select(each => each.Name));

    private static SearchCase Case(string name, SpanCondition[] conditions, Func<Span, Span> place, long[]? durationsNs = null, int traceCount = 1)
    {
        string service = $"service of {name}";
        var spans = new List<Span>();
        for (int trace = 0; trace < traceCount; trace++)
        {
            ulong span = 0;
            foreach (long durationNs in durationsNs ?? [UsualNs])
                spans.Add(place(Make(service, new TraceId(0, TraceNumber(name) + (ulong)trace), ++span, StartNs, durationNs)));
        }
        return new SearchCase(name, AnySpan([Service(service), .. conditions]) with { Range = window }, spans);
    }

    // The window alone decides, and a trace is found whole although one of its spans lies on the day before.
    private static SearchCase AcrossMidnight()
    {
        const string name = "05 a window shortly after midnight";
        var id = new TraceId(0, TraceNumber(name));
        var query = new TraceQuery { Range = new TimeRange(DayNs + 31_000_000_000, DayNs + (7 * MinuteNs) + 31_000_000_000), Limit = 1000 };
        return new SearchCase(name, query,
        [
            Make(name, id, 1, DayNs + (3 * MinuteNs) + 31_000_000_000, UsualNs),
            Make(name, id, 2, DayNs - (3 * MinuteNs) - 29_000_000_000, UsualNs),
        ]);
    }

    private static ulong TraceNumber(string name) => ulong.Parse(name.AsSpan(0, 2)) * 256;

    private static Span Make(string service, TraceId traceId, ulong spanId, long startNs, long durationNs) => new()
    {
        TraceId = traceId,
        SpanId = new SpanId(spanId),
        Name = "query operation",
        StartNs = startNs,
        DurationNs = durationNs,
        Resource = new Resource(new AttributeList(new KeyValue(AttributeKeys.ServiceName, AttributeValue.From(service)))),
    };

    private static SpanCondition Intrinsic(IntrinsicField field, string text) =>
        Compare(new QueryField.Intrinsic(field), ComparisonOperator.Equal, AttributeValue.From(text));

    private static Span Plain(Span span) => span;

    private static Span OnSpan(Span span) => span with { Attributes = SearchTags.All };

    private static Span InResource(Span span) => AddToResource(span, SearchTags.All);

    private static Span InEvent(Span span) => span with { Events = Events(SearchTags.All) };

    private static Span Split(Span span) =>
        AddToResource(span, SearchTags.Only(0)) with { Events = Events(SearchTags.Only(1)), Attributes = SearchTags.Only(2, 3) };

    private static Span Scattered(Span span) =>
        AddToResource(span, SearchTags.Only(0)) with { Attributes = SearchTags.Only(1), Events = Events(SearchTags.Only(2), SearchTags.Only(3)) };

    private static Span AddToResource(Span span, AttributeList attributes) =>
        span with { Resource = span.Resource with { Attributes = new AttributeList([.. span.Resource.Attributes, .. attributes]) } };

    private static EquatableList<SpanEvent> Events(params AttributeList[] attributes) =>
        new([.. attributes.Select(list => new SpanEvent(StartNs, "") { Attributes = list })]);
}
