using Clew.TestKit;
using Clew.Tracing.Sampling;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Tests.Sampling;

public class SamplerTests
{
    private readonly ManualTimeProvider time = new();

    [Fact]
    public void A_const_sampler_says_what_it_was_told()
    {
        Assert.Equal(("const", true), Samples.Attributes(new ConstSampler(true).ShouldSample(Samples.Root(1))));
        Assert.False(new ConstSampler(false).Takes(Samples.Root(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void A_ratio_of_random_traces_is_sampled(double ratio)
    {
        const int Count = 100_000;
        // Five standard deviations of the binomial distribution: beyond them by chance once in two million.
        double tolerance = 5 * Math.Sqrt(Count * ratio * (1 - ratio));
        Assert.InRange(Samples.CountOf(new RatioSampler(ratio), Count), (Count * ratio) - tolerance, (Count * ratio) + tolerance);
    }

    [Fact]
    public void A_ratio_looks_at_the_low_63_bits_of_the_trace_id_only()
    {
        var half = new RatioSampler(0.5);
        Assert.True(half.Takes(Samples.Root(0x3fffffffffffffff)));
        Assert.False(half.Takes(Samples.Root(0x4000000000000000)));
        Assert.True(half.Takes(Samples.Root(0x8000000000000000)));
        Assert.True(half.Takes(Samples.Root(0x3fffffffffffffff, traceIdHigh: ulong.MaxValue)));
        Assert.True(new RatioSampler(1).Takes(Samples.Root(ulong.MaxValue)));
        Assert.False(new RatioSampler(0).Takes(Samples.Root(0x8000000000000000)));
    }

    [Fact]
    public void What_a_ratio_samples_every_higher_ratio_samples_too()
    {
        RatioSampler[] rising = [.. new[] { 0, 0.01, 0.2, 0.21, 0.9, 1 }.Select(ratio => new RatioSampler(ratio))];
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++)
        {
            ulong traceId = (ulong)random.NextInt64();
            bool[] taken = [.. rising.Select(sampler => sampler.Takes(Samples.Root(traceId)))];
            Assert.Equal(taken.Order(), taken);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_ratio_outside_0_to_1_is_refused(double ratio) => Assert.Throws<ArgumentOutOfRangeException>(() => new RatioSampler(ratio));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_none_is_refused(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitingSampler(rate));

    [Fact]
    public void A_rate_allows_a_burst_of_one_second_and_then_its_pace()
    {
        var sampler = new RateLimitingSampler(4, time);
        Assert.Equal(4, Samples.CountOf(sampler, 100));
        time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(0, Samples.CountOf(sampler, 100));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Samples.CountOf(sampler, 100));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(4, Samples.CountOf(sampler, 100));
        Assert.Equal(("ratelimiting", 4.0), Samples.Attributes(new RateLimitingSampler(4).ShouldSample(Samples.Root(1))));
    }

    [Fact]
    public void A_rate_may_be_a_fraction_and_gathers_no_more_than_one()
    {
        var sampler = new RateLimitingSampler(0.1, time);
        Assert.Equal(1, Samples.CountOf(sampler, 10));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, Samples.CountOf(sampler, 10));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, Samples.CountOf(sampler, 10));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, Samples.CountOf(sampler, 10));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 1)]
    [InlineData(1e300, 1000)]
    public void Rates_at_the_ends_of_the_range_behave(double rate, int expected)
    {
        var sampler = new RateLimitingSampler(rate, time);
        Assert.Equal(expected, Samples.CountOf(sampler, 1000));
        time.Advance(TimeSpan.FromDays(365));
        Assert.Equal(rate > 1 ? 1000 : 0, Samples.CountOf(sampler, 1000));
    }

    [Fact]
    public void A_pace_holds_over_irregular_times()
    {
        var sampler = new RateLimitingSampler(2.5, time);
        var random = new Random(3);
        double seconds = 0;
        int taken = 0;
        while (seconds < 1000)
        {
            double step = random.NextDouble() * 0.3;
            seconds += step;
            time.Advance(TimeSpan.FromSeconds(step));
            taken += Samples.CountOf(sampler, 3);
        }
        Assert.InRange(taken, (int)(seconds * 2.5), (int)(seconds * 2.5) + 3);
    }

    [Fact]
    public void Threads_racing_for_tokens_get_exactly_as_many_as_there_are()
    {
        var sampler = new RateLimitingSampler(1000, time);
        for (int round = 0; round < 20; round++)
        {
            int taken = 0;
            Parallel.For(0, 8, _ => Interlocked.Add(ref taken, Samples.CountOf(sampler, 500)));
            Assert.Equal(1000, taken);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Guaranteed_throughput_adds_to_the_ratio_only_what_is_missing()
    {
        var silent = new GuaranteedThroughputSampler(0, 0.5, time);
        Assert.Equal(("lowerbound", 0.0), Samples.Attributes(silent.ShouldSample(Samples.Root(1))));
        Assert.Equal(0, Samples.CountOf(silent, 100));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Samples.CountOf(silent, 100));

        var busy = new GuaranteedThroughputSampler(0.5, 1, time);
        Assert.Equal(("probabilistic", 0.5), Samples.Attributes(busy.ShouldSample(Samples.Root(1))));
        Assert.False(busy.Takes(Samples.Root(ulong.MaxValue)), "the trace of the share used up the token");
        Assert.True(busy.Takes(Samples.Root(1)));
    }

    [Fact]
    public void Each_operation_has_its_own_ratio_and_guarantee()
    {
        var sampler = new PerOperationSampler(new OperationSampling(0, 1, new Dictionary<string, double> { ["all"] = 1 }), time: time);
        Assert.Equal(100, Samples.CountOf(sampler, 100, "all"));
        Assert.Equal(1, Samples.CountOf(sampler, 100, "first"));
        Assert.Equal(1, Samples.CountOf(sampler, 100, "second"));
    }

    [Fact]
    public void Operations_beyond_the_bound_share_the_default_without_a_guarantee()
    {
        var sampler = new PerOperationSampler(new OperationSampling(0, 1, new Dictionary<string, double> { ["known"] = 1 }), maxOperations: 10, time: time);
        int taken = 0;
        Parallel.For(0, 1000, i => Interlocked.Add(ref taken, sampler.Takes(Samples.Root(1, $"op {i}")) ? 1 : 0));

        Assert.Equal(10, sampler.Operations);
        Assert.Equal(9, taken);
        Assert.True(sampler.Takes(Samples.Root(1, "known")));
    }

    [Fact]
    public void An_operation_may_be_named_by_what_is_known_at_the_start()
    {
        var sampler = new PerOperationSampler(
            new OperationSampling(0, 0, new Dictionary<string, double> { ["Server"] = 1 }), selector: (in SamplingParameters parameters) => parameters.Kind.ToString(), time: time);
        Assert.True(sampler.Takes(Samples.Root(1, "whatever")));
    }
}
