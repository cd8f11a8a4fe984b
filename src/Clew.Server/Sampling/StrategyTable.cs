using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Clew.Server.Sampling;

/// <summary>The strategies of one file, inheritance resolved. Immutable.</summary>
internal sealed class StrategyTable : ISamplingStrategies
{
    private readonly FrozenDictionary<string, SamplingStrategy> services;

    /// <param name="defaultStrategy">For services that have none of their own.</param>
    /// <param name="services">What each service says itself; operations of the default are added here.</param>
    public StrategyTable(SamplingStrategy defaultStrategy, IEnumerable<KeyValuePair<string, SamplingStrategy>> services)
    {
        Default = defaultStrategy;
        this.services = services.ToFrozenDictionary(
            static service => service.Key, service => Inherit(service.Value, defaultStrategy.Operations), StringComparer.Ordinal);
    }

    public SamplingStrategy Default { get; }

    public SamplingStrategy Of(string service) => services.GetValueOrDefault(service, Default);

    /// <summary>
    /// A service without operations of its own takes the default's, for which its own probability stands where they say nothing; one
    /// with operations keeps them and takes those it does not name.
    /// </summary>
    private static SamplingStrategy Inherit(SamplingStrategy own, OperationSampling? inherited)
    {
        if (inherited is null)
            return own;
        if (own.Operations is not { } operations)
        {
            double probability = own.Type == SamplingType.Probabilistic ? own.Probability : inherited.DefaultProbability;
            return own with { Operations = inherited with { DefaultProbability = probability } };
        }
        HashSet<string> named = [.. operations.Probabilities.Select(static own => own.Operation)];
        ImmutableArray<OperationProbability> merged =
            [.. operations.Probabilities, .. inherited.Probabilities.Where(other => !named.Contains(other.Operation))];
        return own with { Operations = operations with { Probabilities = merged } };
    }
}
