using Clew.Server.Commands.Load;
using Clew.TestKit;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Commands.Load;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_are_those_of_the_sorted_durations_within_a_thirty_second()
    {
        Properties.ForAll(Gen.Choose(0, int.MaxValue).Select(static value => (long)value * value).NonEmptyListOf(), ticks =>
        {
            var histogram = new LatencyHistogram();
            foreach (long value in ticks)
                histogram.Record(TimeSpan.FromTicks(value));
            long[] sorted = [.. ticks.Order()];

            foreach (double share in new[] { 0.1, 0.5, 0.9, 0.99, 1 })
            {
                long exact = sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
                Assert.InRange(histogram.Quantile(share).Ticks, exact, exact + exact / 31 + 1);
            }
            Assert.Equal(sorted[^1], histogram.Max.Ticks);
        });
    }

    [Fact]
    public void Without_durations_every_quantile_is_zero() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Quantile(0.99));
}
