using Clew.Model;
using Clew.TestKit;
using static Clew.Model.SpanKind;
using static Clew.Query.Tests.Assembly.TestSpan;

namespace Clew.Query.Tests.Assembly;

/// <summary>Links are written <c>parent>child calls/errors</c>.</summary>
public sealed class DependencyLinkerTests
{
    private static readonly Span WebRoot = Of(null, 1, Server, "web");
    private static readonly Span WebToApp = Of(1, 2, Client, "web", "app");
    private static readonly Span AppFromWeb = Of(1, 2, Server, "app", "web").Shared();
    private static readonly Span AppToDb = Of(2, 3, Client, "app", "db").Failed();

    [Fact]
    public void No_traces_make_no_links() => Assert.Empty(DependencyLinker.Link([]));

    [Fact]
    public void A_trace_of_shared_and_uninstrumented_calls_is_linked() => Links("app>db 1/1, web>app 1/0", WebRoot, WebToApp, AppFromWeb, AppToDb);

    [Fact]
    public void The_trace_id_need_not_be_the_roots_id()
    {
        Span[] spans = [.. new[] { WebRoot, WebToApp, AppFromWeb, AppToDb }.Select(static span => span with { TraceId = new TraceId(7, 7) })];
        Assert.Equal("app>db 1/1, web>app 1/0", Drawn(new Trace(new TraceId(7, 7), spans)));
    }

    [Fact]
    public void A_server_half_that_lost_its_parent_is_linked() =>
        Links("app>db 1/1, web>app 1/0", WebRoot, WebToApp, AppFromWeb with { ParentSpanId = default }, AppToDb);

    [Fact]
    public void A_server_half_that_lost_its_parent_and_its_client_is_linked() =>
        Links("app>db 1/1, web>app 1/0", WebRoot, AppFromWeb with { ParentSpanId = default }, AppToDb);

    [Fact]
    public void Messaging_without_a_broker_links_only_the_half_that_names_one_the_consumer() =>
        Links("kafka>consumer 1/0", Of(null, 1, Producer, "producer"), Of(1, 2, Consumer, "consumer", "kafka"));

    [Fact]
    public void Messaging_without_a_broker_links_only_the_half_that_names_one_the_producer() =>
        Links("producer>kafka 1/0", Of(null, 1, Producer, "producer", "kafka"), Of(1, 2, Consumer, "consumer"));

    [Fact]
    public void Messaging_through_one_broker_links_both_sides_with_it() =>
        Links("kafka>consumer 1/0, producer>kafka 1/0", Of(null, 1, Producer, "producer", "kafka"), Of(1, 2, Consumer, "consumer", "kafka"));

    [Fact]
    public void Messaging_through_two_brokers_links_each_side_with_its_own() =>
        Links("kafka2>consumer 1/0, producer>kafka1 1/0", Of(null, 1, Producer, "producer", "kafka1"), Of(1, 2, Consumer, "consumer", "kafka2"));

    [Fact]
    public void Messaging_in_which_nobody_names_a_broker_is_not_linked() => Links("", Of(null, 1, Producer, "producer"), Of(1, 2, Consumer, "consumer"));

    [Fact]
    public void A_producer_is_linked_with_a_server_under_it() => Links("producer>server 1/0", Of(null, 1, Producer, "producer"), Of(1, 2, Server, "server"));

    [Fact]
    public void A_producer_is_linked_with_a_server_of_its_own_id() => Links("producer>server 1/0", Of(null, 1, Producer, "producer"), Of(null, 1, Server, "server").Shared());

    [Fact]
    public void A_client_is_not_linked_with_a_consumer_under_it() => Links("", Of(null, 1, Client, "client"), Of(1, 2, Consumer, "server"));

    [Theory]
    [InlineData(Server, "server", "client")]
    [InlineData(Client, "client", "server")]
    public void The_kind_gives_the_direction(SpanKind kind, string local, string remote) => Links("client>server 1/0", Of(null, 1, kind, local, remote));

    [Fact]
    public void Each_call_of_a_trace_is_counted() =>
        Links("client>server 2/0", Of(null, 1, Server, "client"), Of(1, 2, Client, null, "server"), Of(1, 3, Client, null, "server"));

    [Fact]
    public void Calls_of_all_traces_are_summed() => Assert.Equal(
        "client>server 2/0",
        Drawn(Trace(Of(null, 1, Server, "server", "client")), Trace(Of(null, 1, Server, "server", "client"))));

    [Fact]
    public void A_call_recorded_on_both_sides_under_two_ids_counts_once() => Links("a>b 1/0", Of(null, 1, Client, "a"), Of(1, 2, Server, "b"));

    [Fact]
    public void An_error_recorded_on_both_sides_counts_once() => Links("a>b 1/1", Of(null, 1, Client, "a").Failed(), Of(1, 2, Server, "b").Failed());

    [Fact]
    public void An_error_recorded_on_both_sides_of_one_id_counts_once() =>
        Links("a>b 1/1", Of(null, 1, Client, "a", "b").Failed(), Of(null, 1, Server, "b", "a").Shared().Failed());

    [Fact]
    public void The_server_knows_its_name_better_than_the_client() => Links("a>b 1/0", Of(null, 1, Client, "a", "alias of b"), Of(1, 2, Server, "b"));

    [Fact]
    public void A_client_span_with_only_its_own_services_work_under_it_counts_as_the_call() =>
        Links("web>db 1/0", Of(null, 1, Client, "web", "db"), Of(1, 2, Internal, "web"), Of(1, 3, Unspecified, "web"));

    [Fact]
    public void A_client_with_two_servers_under_it_made_two_calls() =>
        Links("a>b 2/1", Of(null, 1, Client, "a"), Of(1, 2, Server, "b"), Of(1, 3, Server, "b").Failed());

    [Fact]
    public void Client_spans_that_bear_the_servers_name_link_the_service_above_local_spans_with_it() =>
        Links("client>server 2/0", Of(null, 1, Server, "client"), Of(1, 2, Unspecified, "client"), Of(2, 3, Client, "server"), Of(2, 4, Client, "server"));

    [Fact]
    public void Errors_do_not_count_on_links_that_are_only_inferred() =>
        Links("client>server 2/0", Of(null, 1, Server, "client"), Of(1, 2, Unspecified, "client"), Of(2, 3, Client, "server").Failed(), Of(2, 4, Client, "server").Failed());

    [Fact]
    public void Errors_count_where_they_were_recorded() => Links(
        "bar>baz 2/1, foo>bar 2/0",
        Of(null, 1, Server, "foo"),
        Of(1, 2, Client, "foo", "bar"),
        Of(1, 3, Client, "foo", "bar"),
        Of(2, 4, Server, "bar"),
        Of(3, 5, Server, "bar"),
        Of(4, 6, Client, "bar", "baz").Failed(),
        Of(5, 7, Client, "bar", "baz"));

    [Fact]
    public void An_event_named_error_is_no_error() =>
        Links("a>b 1/0", Of(null, 1, Server, "b", "a") with { Events = new EquatableList<SpanEvent>(new SpanEvent(1, "error")) });

    [Fact]
    public void A_service_that_calls_itself_is_linked_with_itself() =>
        Links("service>service 2/0", Of(null, 1, Server, "service", "service"), Of(1, 2, Client, "service", "service"));

    [Theory]
    [InlineData(Unspecified)]
    [InlineData(Internal)]
    public void A_span_without_a_kind_that_names_both_sides_counts_as_a_clients(SpanKind kind) => Links("app>db 1/0", Of(null, 1, kind, "app", "db"));

    [Fact]
    public void A_failed_span_without_a_kind_that_names_both_sides_counts_as_a_failed_call() => Links("app>db 1/1", Of(null, 1, Unspecified, "app", "db").Failed());

    [Theory]
    [InlineData(Unspecified, "app", null)]
    [InlineData(Unspecified, null, "app")]
    [InlineData(Server, "app", null)]
    [InlineData(Server, null, "app")]
    [InlineData(Client, "app", null)]
    [InlineData(Client, null, "app")]
    public void A_single_span_that_names_one_side_is_not_linked(SpanKind kind, string? local, string? remote) => Links("", Of(null, 1, kind, local, remote));

    [Fact]
    public void Siblings_whose_parent_is_missing_are_not_linked_with_each_other() => Links("", Of(1, 2, Server, "a"), Of(1, 3, Server, "b"), Of(1, 4, Client, "c"));

    [Fact]
    public void A_child_is_linked_with_its_parent_when_the_root_is_missing() => Links("a>b 1/0", Of(9, 1, Server, "a"), Of(1, 2, Server, "b"));

    [Fact]
    public void Servers_under_each_other_are_linked_without_client_spans() =>
        Links("mobile>web 1/0, web>app 1/0", Of(null, 1, Server, "web", "mobile"), Of(1, 2, Server, "app"));

    [Fact]
    public void A_clients_error_counts_when_its_server_has_an_id_of_its_own() => Links("a>b 1/1", Of(null, 1, Client, "a").Failed(), Of(1, 2, Server, "b"));

    [Fact]
    public void A_client_span_named_after_the_service_it_calls_stands_for_the_missing_server() => Links("web>app 1/0", WebRoot, Of(1, 2, Client, "app"));

    [Fact]
    public void OpenTelemetry_spans_with_ids_of_their_own_are_linked()
    {
        Span web = OpenTelemetry(null, 1, Client, "web");
        Span cart = OpenTelemetry(1, 2, Server, "cart") with { Status = StatusCode.Error };
        Links("cart>db 1/0, web>cart 1/1", web, cart, OpenTelemetry(2, 3, Internal, "cart"), OpenTelemetry(3, 4, Client, "cart", peer: "db"));
    }

    [Fact]
    public void Spans_whose_sender_named_no_service_are_linked_with_nothing() =>
        Links("", OpenTelemetry(null, 1, Client, AttributeKeys.UnknownService, "db"), Of(null, 2, Server), Of(2, 3, Server, AttributeKeys.UnknownService));

    [Theory]
    [InlineData("false", 0)]
    [InlineData("", 1)]
    [InlineData("timeout", 1)]
    public void An_error_attribute_is_an_error_unless_it_says_false(string value, long errors) =>
        Links($"a>b 1/{errors}", Of(null, 1, Client, "a", "b") with { Attributes = Tags(("error", value)) });

    [Fact]
    public void A_trace_of_a_hundred_thousand_nested_local_spans_is_linked_in_linear_time()
    {
        IEnumerable<Span> chain = Enumerable.Range(2, 100_000).Select(static id => Of((ulong)id - 1, (ulong)id, Unspecified, "web"));
        IEnumerable<Span> calls = Enumerable.Range(200_000, 50_000).Select(static id => Of(100_001, (ulong)id, Client, null, "db"));
        Links("web>db 50000/0", [WebRoot, .. chain, .. calls]);
    }

    [Fact]
    public void Any_trace_is_linked_with_no_more_errors_than_calls_in_order_and_adding_up() =>
        Properties.ForAll(TangledTrace, static spans =>
        {
            IReadOnlyList<ServiceEdge> edges = DependencyLinker.Link([Trace([.. spans])]);
            Assert.All(edges, static edge => Assert.InRange(edge.ErrorCount, 0, edge.CallCount));
            Assert.Equal(edges.OrderBy(static edge => edge.Parent, StringComparer.Ordinal).ThenBy(static edge => edge.Child, StringComparer.Ordinal), edges);
            Assert.Equal(edges.Count, edges.Select(static edge => (edge.Parent, edge.Child)).Distinct().Count());
            Assert.Equal(
                edges.Select(static edge => edge with { CallCount = edge.CallCount * 2, ErrorCount = edge.ErrorCount * 2 }),
                DependencyLinker.Link([Trace([.. spans]), Trace([.. spans])]));
        }, 1000);

    private static void Links(string expected, params Span[] spans) => Assert.Equal(expected, Drawn(Trace(spans)));

    private static string Drawn(params Trace[] traces) =>
        string.Join(", ", DependencyLinker.Link(traces).Select(static edge => $"{edge.Parent}>{edge.Child} {edge.CallCount}/{edge.ErrorCount}"));
}
