using Clew.Server.Configuration;

namespace Clew.Server.Sampling.Adaptive;

/// <summary>
/// Jaeger's adaptive sampling: after each interval the probability of every operation is moved so that about
/// <see cref="AdaptiveOptions.TargetSamplesPerSecond"/> of its traces are sampled. Depends on nothing but what it is told. One thread at a time.
/// </summary>
internal sealed class AdaptiveCalculator(AdaptiveOptions options)
{
    // A probability that is too low rises to at most twice itself in one step, so that a quiet spell does not end in a flood.
    private const double RiseMax = 2;

    // Differences below what six decimals show do not count.
    private const double Epsilon = 1e-6;

    /// <summary>What was counted, the newest interval first.</summary>
    private readonly LinkedList<IReadOnlyDictionary<Operation, Throughput>> buckets = [];

    // Which operations followed what they were told in the round before.
    private Dictionary<Operation, bool> followed = [];

    /// <summary>The probability of every operation seen in the last intervals.</summary>
    public IReadOnlyDictionary<Operation, double> Probabilities { get; private set; } = new Dictionary<Operation, double>();

    /// <summary>Takes what was counted in one interval and calculates all probabilities anew.</summary>
    public void Add(IReadOnlyDictionary<Operation, Throughput> counted)
    {
        buckets.AddFirst(counted);
        if (buckets.Count > options.AggregationBuckets)
            buckets.RemoveLast();

        var probabilities = new Dictionary<Operation, double>();
        var follows = new Dictionary<Operation, bool>();
        foreach (Operation operation in buckets.SelectMany(static bucket => bucket.Keys).Distinct().Take(options.OperationsMax))
        {
            double old = Probabilities.GetValueOrDefault(operation, options.InitialProbability);
            follows[operation] = Follows(operation, old);
            probabilities[operation] = follows[operation] ? Next(old, SampledPerSecond(operation)) : old;
        }
        (Probabilities, followed) = (probabilities, follows);
    }

    /// <summary>The next probability of an operation that was sampled so often with the present one.</summary>
    internal double Next(double probability, double sampledPerSecond)
    {
        double target = options.TargetSamplesPerSecond;
        if (Math.Abs(sampledPerSecond - target) / target < options.DeltaTolerance)
            return probability;
        double next = sampledPerSecond < Epsilon
            ? probability * RiseMax
            : Math.Min(probability * target / sampledPerSecond, probability * RiseMax);
        return Math.Clamp(next, options.MinProbability, 1);
    }

    /// <summary>The mean over the intervals that saw the operation, the newest weighing most: the fourth power of its place.</summary>
    internal double SampledPerSecond(Operation operation)
    {
        double[] rates = [.. buckets.Where(bucket => bucket.ContainsKey(operation))
            .Select(bucket => bucket[operation].Count * 1000.0 / options.CalculationIntervalMs)];
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            double weight = Math.Pow(rates.Length - i, 4);
            sum += rates[i] * weight;
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /// <summary>
    /// Clients that sample by something else than what they are told must not move the probability. One that is new may not have asked
    /// yet; one that was not seen at all follows if it did the last time.
    /// </summary>
    private bool Follows(Operation operation, double probability)
    {
        if (Math.Abs(probability - options.InitialProbability) < Epsilon)
            return true;
        return buckets.First!.Value.TryGetValue(operation, out Throughput? seen)
            ? seen.Saw(probability)
            : followed.GetValueOrDefault(operation);
    }
}
