using Clew.Model;
using Clew.Server.Commands.Load.Traffic;

namespace Clew.Server.Tests.Commands.Load;

public sealed class TraceGeneratorTests
{
    private const long NowNs = 1_795_000_000_000_000_000;
    private const int Traces = 3000;

    private static readonly Span[][] Sample = Make(seed: 7);
    private static readonly Span[] Spans = [.. Sample.SelectMany(static trace => trace)];

    [Fact]
    public void The_same_seed_gives_the_same_traces_and_another_seed_others()
    {
        Assert.Equal(Sample[..50], Make(seed: 7)[..50]);
        Assert.Empty(Sample.Select(static trace => trace[0].TraceId).Intersect(Make(seed: 8).Select(static trace => trace[0].TraceId)));
    }

    [Fact]
    public void Every_trace_is_one_tree_of_5_to_100_spans()
    {
        Assert.All(Sample, trace =>
        {
            Assert.InRange(trace.Length, 5, 100);
            var known = new HashSet<SpanId>();
            foreach (Span span in trace)
            {
                Assert.Equal(trace[0].TraceId, span.TraceId);
                Assert.True(known.Count == 0 ? span.ParentSpanId.IsZero : known.Contains(span.ParentSpanId));
                Assert.True(known.Add(span.SpanId));
            }
        });
        Assert.Equal(Traces, Sample.Select(static trace => trace[0].TraceId).Distinct().Count());
        Assert.InRange(Sample.Average(static trace => trace.Length), 8, 20);
    }

    [Fact]
    public void Attributes_are_as_many_as_real_services_send()
    {
        Assert.All(Spans, static span => Assert.InRange(span.Attributes.Count, 8, 20));
        Assert.All(Spans.Select(static span => span.Resource).Distinct(), static process => Assert.InRange(process.Attributes.Count, 15, 25));
        Assert.All(Spans.GroupBy(static span => span.ServiceName), static service =>
            Assert.InRange(service.SelectMany(static span => span.Attributes).Select(static attribute => attribute.Key).Distinct().Count(), 20, 60));
        Assert.InRange(Values("http.route"), 50, 1000);
        Assert.InRange(Values("http.response.status_code"), 5, 20);
        Assert.True(Values("enduser.id") > 1000);
    }

    [Fact]
    public void Errors_events_and_links_are_as_rare_as_they_are()
    {
        Assert.InRange(Share(static span => span.IsError), 0.005, 0.02);
        Assert.InRange(Share(static span => span.Events.Count > 0), 0.02, 0.10);
        Assert.InRange(Share(static span => span.Links.Count > 0), 0.001, 0.01);
        Assert.All(Spans.SelectMany(static span => span.Events).Where(static item => item.Name == "exception"), static item =>
            Assert.InRange(item.Attributes.TextOf("exception.stacktrace")!.Length, 1024, 3400));
    }

    [Fact]
    public void Durations_spread_over_five_decades_and_times_are_plausible()
    {
        long[] durations = [.. Spans.Select(static span => span.DurationNs).Where(static duration => duration > 0).Order()];
        Assert.True(durations[^1] / (double)durations[0] > 1e5);
        Assert.All(Sample, static trace => Assert.InRange(trace[0].EndNs, NowNs - 100_000_000, NowNs));
        Assert.All(Spans, static span => Assert.True(span.DurationNs >= 0));
    }

    private static Span[][] Make(ulong seed)
    {
        var generator = new TraceGenerator(services: 20, seed);
        return [.. Enumerable.Range(0, Traces).Select(_ => generator.Next(NowNs))];
    }

    private static double Share(Func<Span, bool> condition) => Spans.Count(condition) / (double)Spans.Length;

    private static int Values(string key) => Spans.Select(span => span.Attributes.TextOf(key)).Where(static value => value is not null).Distinct().Count();
}
