using Clew.Model;
using Clew.Server.Sampling.Adaptive;
using Clew.Server.Tests.Api;
using Clew.TestKit;

namespace Clew.Server.Tests.Sampling;

public sealed class RootSpanCounterTests
{
    private readonly RootSpanCounter counter = new(operationsMax: 2);

    [Fact]
    public void Only_roots_that_a_remote_sampler_let_through_are_counted()
    {
        counter.Count(Batch(
            Root("probabilistic", 0.25),
            Root("probabilistic", "0.25"),
            Root("lowerbound", 0.25),
            Root("const", true),
            Root("ratelimiting", 2.0),
            Root("probabilistic", 3.0),
            ApiSpans.Span(1, 2),
            Root("probabilistic", 0.25) with { ParentSpanId = new SpanId(9) },
            Root("probabilistic", 0.25, service: null)));

        (Operation operation, Throughput throughput) = Assert.Single(counter.Take());
        Assert.Equal(new Operation("web", "GET /"), operation);
        Assert.Equal(2, throughput.Count);
        Assert.True(throughput.Saw(0.2500001));
        Assert.False(throughput.Saw(0.25001));
    }

    [Fact]
    public void What_was_taken_is_not_counted_again()
    {
        counter.Count(Batch(Root("probabilistic", 0.25)));
        counter.Take();

        Assert.Empty(counter.Take());
    }

    [Fact]
    public void Operations_beyond_the_bound_are_not_counted_and_known_ones_still_are()
    {
        counter.Count(Batch(Root("probabilistic", 1.0, "a"), Root("probabilistic", 1.0, "b"), Root("probabilistic", 1.0, "c"), Root("probabilistic", 1.0, "a")));

        Assert.Equal([("a", 2L), ("b", 1L)], counter.Take().Select(one => (one.Key.Service, one.Value.Count)).Order());
    }

    [Fact]
    public void Names_that_are_too_long_together_are_passed_over()
    {
        counter.Count(Batch(Root("probabilistic", 1.0, new string('a', OperationKey.BytesMax))));

        Assert.Empty(counter.Take());
    }

    [Fact]
    public void At_most_ten_probabilities_of_an_operation_are_remembered()
    {
        var throughput = new Throughput();
        for (int i = 0; i < 20; i++)
            throughput.Add(i / 100.0, isLowerBound: false);

        Assert.Equal((true, false, 20), (throughput.Saw(0.09), throughput.Saw(0.10), throughput.Count));
    }

    [Fact]
    public void Counting_known_operations_allocates_nothing()
    {
        SpanBatch batch = Batch([.. Enumerable.Repeat(Root("probabilistic", 0.25), 100)]);
        counter.Count(batch);

        Assert.Equal(0, Warm.AllocatedBytes(() =>
        {
            counter.Count(batch);
        }));
    }

    private static SpanBatch Batch(params Span[] spans) => SpanWriter.WriteAll(spans, new SpanBatchBuilder());

    private static Span Root(string samplerType, object samplerParam, string? service = "web") =>
        ApiSpans.Span(1, 1, service: service).With(("sampler.type", samplerType), ("sampler.param", samplerParam));
}
