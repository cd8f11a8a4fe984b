using System.Collections.Frozen;
using System.Collections.Immutable;
using Clew.Server.Configuration;

namespace Clew.Server.Sampling.Adaptive;

/// <summary>
/// Counts and calculates at intervals and hands out the probabilities. They live in memory: after a restart every operation begins with
/// the initial one.
/// </summary>
internal sealed class AdaptiveStrategies : BackgroundService, ISamplingStrategies
{
    private readonly AdaptiveOptions options;
    private readonly RootSpanCounter counter;
    private readonly TimeProvider time;
    private readonly AdaptiveCalculator calculator;

    /// <summary>What was counted and waits out the delay, the oldest first.</summary>
    private readonly Queue<IReadOnlyDictionary<Operation, Throughput>> waiting = new();

    private readonly SamplingStrategy unknown;
    private volatile FrozenDictionary<string, SamplingStrategy> services = FrozenDictionary<string, SamplingStrategy>.Empty;

    public AdaptiveStrategies(SamplingOptions sampling, RootSpanCounter counter, TimeProvider time)
    {
        options = sampling.Adaptive;
        this.counter = counter;
        this.time = time;
        calculator = new AdaptiveCalculator(options);
        unknown = Strategy([]);
    }

    public SamplingStrategy Of(string service) => services.GetValueOrDefault(service, unknown);

    /// <summary>Ends an interval: what was counted joins those that wait, and the one that has waited long enough is calculated with.</summary>
    internal void Tick()
    {
        waiting.Enqueue(counter.Take());
        // Spans reach the server some time after they began, and clients ask only once a minute.
        if (waiting.Count <= options.DelayMs / options.CalculationIntervalMs)
            return;
        calculator.Add(waiting.Dequeue());
        services = calculator.Probabilities
            .GroupBy(static one => one.Key.Service, static one => new OperationProbability(one.Key.Name, one.Value))
            .ToFrozenDictionary(static service => service.Key, service => Strategy([.. service]), StringComparer.Ordinal);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.CalculationIntervalMs), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Tick();
    }

    // The probability beside the operations is for clients that know no operations.
    private SamplingStrategy Strategy(ImmutableArray<OperationProbability> operations) =>
        SamplingStrategy.Probabilistic(options.InitialProbability) with
        {
            Operations = new OperationSampling(options.InitialProbability, options.MinSamplesPerSecond, operations),
        };
}
