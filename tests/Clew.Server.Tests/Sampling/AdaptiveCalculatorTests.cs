using Clew.Server.Configuration;
using Clew.Server.Sampling.Adaptive;
using Clew.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Clew.Server.Tests.Sampling;

public sealed class AdaptiveCalculatorTests
{
    private static readonly AdaptiveOptions Options = new();
    private static readonly Operation Checkout = new("shop", "POST /checkout");

    [Theory]
    [InlineData(0.01, 1, 0.01)] // on target
    [InlineData(0.01, 1.29, 0.01)] // within tolerance
    [InlineData(0.01, 0.71, 0.01)]
    [InlineData(0.01, 1.6, 0.00625)] // too many: straight to the target
    [InlineData(0.01, 0.625, 0.016)] // too few
    [InlineData(0.01, 0.1, 0.02)] // at most doubled
    [InlineData(0.01, 0, 0.02)] // none at all: doubled
    [InlineData(0.8, 0, 1)] // never above 1
    [InlineData(0.0001, 1000, 0.00001)] // never below the least
    public void The_next_probability_leads_to_the_target(double probability, double sampledPerSecond, double expected) =>
        Assert.Equal(expected, new AdaptiveCalculator(Options).Next(probability, sampledPerSecond), 1e-12);

    [Fact]
    public void Newer_intervals_weigh_more_and_those_without_the_operation_do_not_count()
    {
        var calculator = new AdaptiveCalculator(Options);
        calculator.Add(Seen(60, 0.001));
        calculator.Add(new Dictionary<Operation, Throughput>());
        calculator.Add(Seen(180, 0.001));

        Assert.Equal(((3 * 16) + (1 * 1)) / 17.0, calculator.SampledPerSecond(Checkout), 1e-9);
    }

    [Fact]
    public void No_more_intervals_than_asked_are_averaged_and_an_operation_long_gone_is_forgotten()
    {
        var calculator = new AdaptiveCalculator(Options with { AggregationBuckets = 2 });
        calculator.Add(Seen(600, 0.001));
        calculator.Add(Seen(60, 0.001));
        calculator.Add(Seen(60, 0.001));
        Assert.Equal(1, calculator.SampledPerSecond(Checkout), 1e-9);

        calculator.Add(new Dictionary<Operation, Throughput>());
        calculator.Add(new Dictionary<Operation, Throughput>());
        Assert.Empty(calculator.Probabilities);
    }

    [Fact]
    public void A_client_that_samples_by_another_probability_moves_nothing()
    {
        var calculator = new AdaptiveCalculator(Options);
        calculator.Add(Seen(0, 0.001));
        Assert.Equal(0.002, calculator.Probabilities[Checkout], 1e-12);

        calculator.Add(Seen(6000, 0.5));

        Assert.Equal(0.002, calculator.Probabilities[Checkout], 1e-12);
    }

    [Fact]
    public void An_operation_not_seen_in_the_last_interval_is_adjusted_if_it_followed_before()
    {
        var calculator = new AdaptiveCalculator(Options);
        calculator.Add(Seen(0, 0.001));
        calculator.Add(Seen(0, 0.002));
        calculator.Add(new Dictionary<Operation, Throughput>());

        Assert.Equal(0.008, calculator.Probabilities[Checkout], 1e-12);
    }

    [Fact]
    public void Operations_are_bounded()
    {
        var calculator = new AdaptiveCalculator(Options with { OperationsMax = 3 });

        calculator.Add(Enumerable.Range(0, 9).ToDictionary(i => new Operation("shop", $"{i}"), _ => new Throughput()));

        Assert.Equal(3, calculator.Probabilities.Count);
    }

    /// <summary>Traffic of a steady rate, sampled with what is handed out, ends within the tolerance, or at a bound that keeps it from there.</summary>
    [Fact]
    public void The_sampled_rate_of_steady_traffic_reaches_the_target()
    {
        Gen<int> tracesPerSecond = Gen.Frequency((1, Gen.Choose(1, 10)), (3, Gen.Choose(10, 1000)), (3, Gen.Choose(1000, 90_000)));
        Properties.ForAll(tracesPerSecond, perSecond =>
        {
            var calculator = new AdaptiveCalculator(Options);
            for (int minute = 0; minute < 200; minute++)
            {
                double probability = calculator.Probabilities.GetValueOrDefault(Checkout, Options.InitialProbability);
                calculator.Add(Seen((int)Math.Round(perSecond * 60 * probability), probability));
            }
            double sampled = perSecond * calculator.Probabilities[Checkout];
            Assert.InRange(sampled, Math.Min(perSecond, 1 - Options.DeltaTolerance) * 0.9, (1 + Options.DeltaTolerance) * 1.1);
        });
    }

    private static Dictionary<Operation, Throughput> Seen(int count, double probability)
    {
        var throughput = new Throughput();
        throughput.Add(probability, isLowerBound: true);
        for (int i = 0; i < count; i++)
            throughput.Add(probability, isLowerBound: false);
        return new() { [Checkout] = throughput };
    }
}
