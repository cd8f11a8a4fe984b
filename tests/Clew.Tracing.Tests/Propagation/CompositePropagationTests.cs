using System.Diagnostics;
using Clew.Tracing.Propagation;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Clew.Tracing.Tests.Propagation;

public class CompositePropagationTests
{
    private const string W3C = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string B3 = "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-";
    private const string B3AsParent = "00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-0";

    private readonly CompositePropagation every = new(new PropagationOptions());

    [Fact]
    public void The_first_format_in_order_that_has_identifiers_wins()
    {
        var headers = new Carrier { ["traceparent"] = W3C, ["b3"] = B3 + "1" };

        Assert.Equal((W3C, null), headers.Extract(every));
        Assert.Equal((B3AsParent + "1", null), headers.Extract(Carrier.Of(PropagationFormat.B3, PropagationFormat.TraceContext)));
        headers.Headers["traceparent"] = "nonsense";
        Assert.Equal((B3AsParent + "1", null), headers.Extract(every));
    }

    [Fact]
    public void A_decision_without_identifiers_does_not_hide_identifiers_of_a_later_format() =>
        Assert.Equal((W3C, null), new Carrier { ["b3"] = "0", ["traceparent"] = W3C }.Extract(Carrier.Of(PropagationFormat.B3, PropagationFormat.TraceContext)));

    [Theory]
    [InlineData("0", "0", null)]
    [InlineData("1", "1", null)]
    [InlineData("d", "1", "clew=debug")]
    public void A_decision_alone_becomes_a_context_with_new_identifiers(string b3, string flag, string? traceState)
    {
        var headers = new Carrier { ["b3"] = b3 };
        (string? first, string? state) = headers.Extract(every);

        Assert.True(W3CTraceParent.TryParse(first, out _));
        Assert.EndsWith(flag, first);
        Assert.Equal(traceState, state);
        Assert.NotEqual(first, headers.Extract(every).TraceParent);
        Assert.False(headers.ExtractAsTextMap(every).ActivityContext.IsValid());
    }

    [Theory]
    [InlineData(PropagationFormat.B3)]
    [InlineData(PropagationFormat.B3Multi)]
    public void The_single_b3_header_wins_over_several(PropagationFormat format)
    {
        var headers = new Carrier { ["b3"] = B3 + "0", ["X-B3-TraceId"] = "000000000000000a", ["X-B3-SpanId"] = "000000000000000b" };

        Assert.Equal((B3AsParent + "0", null), headers.Extract(Carrier.Of(format)));
        headers.Headers.Remove("b3");
        Assert.Equal(("00-0000000000000000000000000000000a-000000000000000b-00", "clew=defer"), headers.Extract(Carrier.Of(format)));
    }

    [Fact]
    public void Names_are_found_in_lower_case_in_a_carrier_that_minds_case()
    {
        var headers = new Dictionary<string, string> { ["x-b3-traceid"] = "000000000000000a", ["x-b3-spanid"] = "000000000000000b", ["x-b3-sampled"] = "1" };
        PropagationContext context = every.ForOpenTelemetry.Extract(default, headers, (all, name) => all.TryGetValue(name, out string? value) ? [value] : null);

        Assert.Equal("000000000000000b", context.ActivityContext.SpanId.ToHexString());
    }

    [Fact]
    public void Debug_travels_in_tracestate_and_comes_out_as_debug()
    {
        (string? parent, string? state) = new Carrier { ["b3"] = B3 + "d" }.Extract(every);
        Assert.Equal((B3AsParent + "1", "clew=debug"), (parent, state));

        var next = new Carrier { ["traceparent"] = parent!, ["tracestate"] = "other=1," + state };
        Assert.Equal((parent, "clew=debug,other=1"), next.Extract(every));

        using Activity activity = Continue(parent!, state);
        Carrier sent = Carrier.Inject(Carrier.Of(PropagationFormat.B3, PropagationFormat.B3Multi, PropagationFormat.Jaeger, PropagationFormat.TraceContext), activity);
        Assert.Equal($"80f198ee56343ba864fe8b2a57d3eff7-{activity.SpanId}-d-e457b5a2e4d86bd1", sent["b3"]);
        Assert.Equal(("1", null), (sent["X-B3-Flags"], sent["X-B3-Sampled"]));
        Assert.Equal($"80f198ee56343ba864fe8b2a57d3eff7:{activity.SpanId}:e457b5a2e4d86bd1:3", sent["uber-trace-id"]);
        Assert.Equal("clew=debug", sent["tracestate"]);
    }

    [Fact]
    public void The_mark_of_an_undecided_context_never_leaves_the_process()
    {
        (string? parent, string? state) = new Carrier { ["b3"] = B3.TrimEnd('-') }.Extract(every);
        Assert.Equal((B3AsParent + "0", "clew=defer"), (parent, state));

        using Activity activity = Continue(parent!, state + ",other=1");
        Assert.Equal("other=1", Carrier.Inject(every, activity)["tracestate"]);
        Assert.Null(new Carrier { ["traceparent"] = parent!, ["tracestate"] = "clew=defer" }.Extract(every).TraceState);
    }

    [Fact]
    public void A_caller_trusted_with_identifiers_only_leaves_the_decision_here()
    {
        var idsOnly = new CompositePropagation(new PropagationOptions { Trust = IncomingTrust.IdsOnly });

        Assert.Equal((W3C[..^2] + "00", "clew=defer,a=1"), new Carrier { ["traceparent"] = W3C, ["tracestate"] = "a=1,clew=debug" }.Extract(idsOnly));
        Assert.Equal((null, null), new Carrier { ["b3"] = "d" }.Extract(idsOnly));
        Assert.NotNull(new Carrier { ["baggage"] = "a=1" }.ExtractBaggage(idsOnly));
    }

    [Fact]
    public void A_caller_who_is_ignored_brings_nothing_in()
    {
        var ignore = new CompositePropagation(new PropagationOptions { Trust = IncomingTrust.Ignore });
        var headers = new Carrier { ["traceparent"] = W3C, ["b3"] = "d", ["baggage"] = "a=1" };

        Assert.Equal((null, null), headers.Extract(ignore));
        Assert.Null(headers.ExtractBaggage(ignore));
        Assert.Equal(default, headers.ExtractAsTextMap(ignore));
    }

    [Fact]
    public void A_traceparent_that_comes_twice_is_no_traceparent_but_tracestate_may()
    {
        Assert.Null(Extract(("traceparent", [W3C, W3C])).TraceParent);
        Assert.Equal((W3C, "a=1,b=2"), Extract(("traceparent", [W3C]), ("tracestate", ["a=1", "b=2"])));

        (string? TraceParent, string? TraceState) Extract(params (string Name, string[] Values)[] headers)
        {
            every.ForActivities.ExtractTraceIdAndState(
                headers,
                static (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
                {
                    value = null;
                    values = (((string Name, string[] Values)[])carrier!).FirstOrDefault(header => header.Name == name).Values ?? [];
                },
                out string? traceParent,
                out string? traceState);
            return (traceParent, traceState);
        }
    }

    [Fact]
    public void A_context_survives_a_tracestate_that_is_invalid_or_too_long()
    {
        Assert.Equal((W3C, null), new Carrier { ["traceparent"] = W3C, ["tracestate"] = "a=1,a=2" }.Extract(every));
        Assert.Equal((W3C, null), new Carrier { ["traceparent"] = W3C, ["tracestate"] = "a=1," + new string(' ', 10_000) }.Extract(every));
        Assert.Equal((null, null), new Carrier { ["traceparent"] = "cc" + W3C[2..] + "-" + new string('x', 1000) }.Extract(every));
    }

    [Fact]
    public void Baggage_of_jaeger_clients_is_collected_and_written()
    {
        var headers = new Carrier { ["uber-trace-id"] = "abc:1:0:1", ["UberCtx-Tenant"] = "a%20b+c", ["jaeger-baggage"] = "k1=v1, k2 = v2", ["baggage"] = "w=1" };
        Assert.Equal([new("w", "1"), new("k1", "v1"), new("k2", "v2"), new("Tenant", "a b c")], headers.ExtractBaggage(every));
        Assert.Equal([new("jaeger-debug-id", "me")], new Carrier { ["jaeger-debug-id"] = "me" }.ExtractBaggage(every));

        using Activity activity = Continue(W3C, null);
        activity.AddBaggage("tenant", "a b").AddBaggage("no token", "x");
        Assert.Equal("a%20b", Carrier.Inject(Carrier.Of(PropagationFormat.Jaeger), activity)["uberctx-tenant"]);
    }

    [Fact]
    public void A_decision_changed_after_the_id_was_read_is_what_is_sent()
    {
        using Activity activity = Continue(W3C, null);
        Assert.EndsWith("-01", Carrier.Inject(every, activity)["traceparent"]);
        activity.ActivityTraceFlags = ActivityTraceFlags.None;

        Assert.EndsWith("-01", activity.Id);
        Assert.Equal($"00-{activity.TraceId}-{activity.SpanId}-00", Carrier.Inject(every, activity)["traceparent"]);
    }

    [Fact]
    public void What_a_text_map_context_already_has_is_kept()
    {
        var existing = new PropagationContext(ActivityContext.Parse(W3C, null), default);
        var headers = new Dictionary<string, string> { ["b3"] = B3 + "1" };

        Assert.Equal(existing, every.ForOpenTelemetry.Extract(existing, headers, (all, name) => all.TryGetValue(name, out string? value) ? [value] : null));
    }

    private static Activity Continue(string parent, string? state) => new Activity("test") { TraceStateString = state }.SetParentId(parent).Start();
}
