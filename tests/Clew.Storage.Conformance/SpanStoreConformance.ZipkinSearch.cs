using Clew.Model;
using Clew.Query;
using Clew.Storage.Conformance.Cases;

namespace Clew.Storage.Conformance;

/// <summary>The searches Zipkin's storage tests require (ITSpanStore, ITSpanStoreHeavy), as far as the store answers for them.</summary>
public abstract partial class SpanStoreConformance
{
    private Task AssertZipkinFindsAsync(ZipkinSearch search, params IEnumerable<TraceId> expected) => AssertFindsAsync(search.ToQuery(), expected);

    private static TraceId Id(ulong number) => new(0xAB, number);

    private static Span Client(TraceId id, ulong spanId, string service, string remote) => TestSpan.Of(id, spanId, service) with
    {
        Kind = SpanKind.Client,
        Name = "get /foo",
        RemoteEndpoint = new Endpoint(remote, null, null, 0),
        Attributes = TestSpan.Attributes(("http.method", "GET"), ("http.path", "/foo")),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_without_anything_to_index_answers_every_search_with_nothing(bool withBareSpan)
    {
        if (withBareSpan)
            await WriteAsync(new Span { TraceId = Id(1), SpanId = new SpanId(1) });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", RemoteService = "backend" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", SpanName = "get" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["foo"] });
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["foo=bar"] });
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(0, DayNs) });
    }

    [Fact]
    public async Task Interleaved_spans_are_grouped_by_trace()
    {
        Span[] one = [TestSpan.Of(Id(1), 1), TestSpan.Of(Id(1), 2)];
        Span[] two = [TestSpan.Of(Id(2), 1), TestSpan.Of(Id(2), 2)];
        await WriteAsync(one[0], two[0]);
        await WriteAsync(two[1], one[1]);
        await AssertFindsAsync(new TraceQuery(), Id(1), Id(2));
        await AssertTraceAsync(Id(1), one);
        await AssertTraceAsync(Id(2), two);
    }

    [Fact]
    public async Task All_128_bits_of_an_id_count()
    {
        TraceId[] ids = [new(0, 7), new(1, 7), new(2, 7)];
        await WriteAsync(ids.Select(id => TestSpan.Of(id, 1) with { Attributes = TestSpan.Attributes(("foo", id.ToString())) }));
        foreach (TraceId id in ids)
            await AssertZipkinFindsAsync(new ZipkinSearch { Terms = [$"foo={id}"] }, id);
    }

    [Fact]
    public async Task The_newest_traces_fill_the_limit_and_a_window_selects_exactly()
    {
        const long lateNs = DayNs + HourNs;
        Span[] early = [.. Enumerable.Range(1, 10).Select(i => TestSpan.Of(Id((ulong)i), 1) with { StartNs = DayNs + i })];
        Span[] late = [.. Enumerable.Range(11, 10).Select(i => TestSpan.Of(Id((ulong)i), 1) with { StartNs = lateNs + i })];
        await WriteAsync([.. late, .. early]);
        IEnumerable<TraceId> newestLate = late.Reverse().Select(span => span.TraceId);
        IEnumerable<TraceId> newestEarly = early.Reverse().Select(span => span.TraceId);
        await AssertZipkinFindsAsync(new ZipkinSearch(), [.. newestLate, .. newestEarly]);
        await AssertZipkinFindsAsync(new ZipkinSearch { Limit = 10 }, newestLate);
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(lateNs, lateNs + HourNs) }, newestLate);
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(DayNs, DayNs + 10) }, newestEarly);
    }

    [Fact]
    public async Task Service_and_remote_service_belong_to_the_same_trace_and_names_ignore_case()
    {
        await WriteAsync(Client(new TraceId(0, 7), 1, "frontend", "backend"), Client(new TraceId(1, 7), 1, "mobile", "gateway"));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "absent" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend" }, new TraceId(0, 7));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", RemoteService = "gateway" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "Frontend", RemoteService = "BACKEND" }, new TraceId(0, 7));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "mobile", SpanName = "GET /Foo" }, new TraceId(1, 7));
        await AssertZipkinFindsAsync(new ZipkinSearch { SpanName = "post" });
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["http.method=GET", "http.path=/foo"] }, new TraceId(0, 7), new TraceId(1, 7));
    }

    [Fact]
    public async Task Duration_bounds_are_inclusive_and_tested_on_spans_of_the_named_service()
    {
        await WriteAsync(
            Client(Id(1), 1, "frontend", "backend") with { DurationNs = 100 * UsNs },
            TestSpan.Of(Id(1), 2, "backend") with { DurationNs = 200 * UsNs },
            TestSpan.Of(Id(2), 1, "backend") with { DurationNs = 300 * UsNs, StartNs = DayNs + 1 });
        await AssertZipkinFindsAsync(new ZipkinSearch { MinDurationNs = 200 * UsNs }, Id(2), Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", MinDurationNs = 101 * UsNs });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "backend", MinDurationNs = 200 * UsNs, MaxDurationNs = 200 * UsNs }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", RemoteService = "backend", MinDurationNs = 100 * UsNs }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", SpanName = "get /foo", MaxDurationNs = 99 * UsNs });
    }

    [Fact]
    public async Task A_span_that_gets_its_duration_later_is_found_by_it()
    {
        Span early = TestSpan.Of(Id(1), 1) with { DurationNs = 0 };
        Span complete = early with { DurationNs = 5 * MsNs };
        await WriteAsync(early);
        await AssertZipkinFindsAsync(new ZipkinSearch { MinDurationNs = MsNs });
        await WriteAsync(complete);
        await AssertZipkinFindsAsync(new ZipkinSearch { MinDurationNs = MsNs }, Id(1));
        await AssertTraceAsync(Id(1), early, complete);
    }

    [Fact]
    public async Task A_span_without_time_is_outside_every_window_until_its_time_arrives()
    {
        var window = new TimeRange(DayNs - HourNs, DayNs + HourNs);
        Span untimed = TestSpan.Of(Id(1), 1) with { StartNs = 0, DurationNs = 0 };
        Span timed = TestSpan.Of(Id(1), 1);
        await WriteAsync(untimed);
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "test service", Range = window });
        await AssertFindsAsync(Conditions.AnySpan(Conditions.Service("test service")) with { Range = window });
        await AssertFindsAsync(new TraceQuery(), Id(1));
        await AssertTraceAsync(Id(1), untimed);
        await WriteAsync(timed);
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "test service", Range = window }, Id(1));
        await AssertTraceAsync(Id(1), untimed, timed);
    }

    [Fact]
    public async Task Terms_are_all_required_and_select_exactly()
    {
        await WriteAsync(
            TestSpan.Of(Id(1), 1) with { Events = TestSpan.Events("foo") },
            TestSpan.Of(Id(2), 1) with { Events = TestSpan.Events("foo", "bar") },
            TestSpan.Of(Id(3), 1) with { Events = TestSpan.Events("foo", "bar"), Attributes = TestSpan.Attributes(("baz", "qux")) },
            TestSpan.Of(Id(4), 1) with { Attributes = TestSpan.Attributes(("baz", "")) });
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["foo"] }, Id(1), Id(2), Id(3));
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["foo", "bar"] }, Id(2), Id(3));
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["foo", "bar", "baz=qux"] }, Id(3));
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["baz"] }, Id(3), Id(4));
    }

    [Fact]
    public async Task Terms_count_only_on_spans_the_named_service_recorded()
    {
        Span client = Client(Id(1), 1, "frontend", "backend") with { Events = TestSpan.Events("from client") };
        Span server = TestSpan.Of(Id(1), 1, "backend") with
        {
            Kind = SpanKind.Server,
            Traits = SpanTraits.Shared,
            Attributes = TestSpan.Attributes(("side", "server")),
        };
        await WriteAsync(client, server);
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", Terms = ["from client"] }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "backend", Terms = ["from client"] });
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "backend", Terms = ["side=server"] }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Service = "frontend", Terms = ["side=server"] });
    }

    [Fact]
    public async Task An_empty_error_tag_is_kept_and_found_by_its_key_alone()
    {
        Span span = TestSpan.Of(Id(1), 1) with { Attributes = TestSpan.Attributes(("error", "")) };
        await WriteAsync(span);
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["error"] }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Terms = ["error=1"] });
        await AssertTraceAsync(Id(1), span);
    }

    [Fact]
    public async Task Large_values_and_awkward_names_come_back_whole()
    {
        Span span = TestSpan.Of(Id(1), 1) with
        {
            Name = """{"foo":"bar"}""",
            Attributes = TestSpan.Attributes(("http.path", "/a"), ("http.path.morepath", new string('x', 300_000)), ("", "no key")),
        };
        await WriteAsync(span);
        await AssertTraceAsync(Id(1), span);
        await AssertZipkinFindsAsync(new ZipkinSearch { SpanName = span.Name, Terms = ["http.path=/a"] }, Id(1));
    }

    [Fact]
    public async Task Debug_and_shared_are_different_flags()
    {
        Span debug = TestSpan.Of(Id(1), 1) with { Traits = SpanTraits.Debug };
        Span shared = TestSpan.Of(Id(1), 1) with { Traits = SpanTraits.Shared };
        await WriteAsync(debug, shared);
        await AssertTraceAsync(Id(1), debug, shared);
    }

    [Fact]
    public async Task Window_bounds_are_inclusive_and_a_trace_is_found_whole_though_it_ends_later()
    {
        await WriteAsync(Enumerable.Range(0, 4).Select(i => TestSpan.Of(Id((ulong)i), 1) with { StartNs = DayNs + (i * MsNs), DurationNs = HourNs }));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(0, DayNs) }, Id(0));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(0, DayNs + MsNs) }, Id(1), Id(0));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(DayNs + MsNs, DayNs + (2 * MsNs)) }, Id(2), Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(DayNs + (3 * MsNs), DayNs + (3 * MsNs)) }, Id(3));
        await AssertZipkinFindsAsync(new ZipkinSearch { Limit = 1, Range = new TimeRange(0, DayNs + (2 * MsNs)) }, Id(2));
    }

    [Fact]
    public async Task The_time_of_a_trace_is_that_of_its_root_though_a_skewed_child_starts_before()
    {
        await WriteAsync(
            TestSpan.Of(Id(1), 2) with { ParentSpanId = new SpanId(1), StartNs = DayNs - HourNs },
            TestSpan.Of(Id(1), 1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(DayNs, DayNs) }, Id(1));
        await AssertZipkinFindsAsync(new ZipkinSearch { Range = new TimeRange(DayNs - HourNs, DayNs - 1) });
    }

    [Fact]
    public async Task A_thousand_traces_are_all_found_by_every_kind_of_term()
    {
        Span[] spans = [.. Enumerable.Range(1, 1000).Select(i => Client(Id((ulong)i), 1, "frontend", "backend") with { StartNs = DayNs - i })];
        foreach (Span[] batch in spans.Chunk(300))
            await WriteAsync(batch);
        ZipkinSearch all = new() { Limit = 1000 };
        foreach (ZipkinSearch search in (ZipkinSearch[])[all, all with { Service = "frontend" }, all with { RemoteService = "backend" }, all with { SpanName = "get /foo" }, all with { Terms = ["http.method=GET"] }])
            await AssertZipkinFindsAsync(search, spans.Select(span => span.TraceId));
    }
}
