namespace Clew.Server.Sampling.Adaptive;

/// <summary>Root spans of one operation in one interval.</summary>
internal sealed class Throughput
{
    /// <summary>Those a client chose by probability; those its lower bound added are not counted.</summary>
    public long Count { get; set; }

    private ProbabilitySet probabilities;

    /// <summary>Whether a client sampled with the probability, compared by six decimals.</summary>
    public bool Saw(double probability) => probabilities.Contains(ProbabilitySet.Millionths(probability));

    public void Add(double probability, bool isLowerBound)
    {
        if (!isLowerBound)
            Count++;
        probabilities.Add(ProbabilitySet.Millionths(probability));
    }
}
