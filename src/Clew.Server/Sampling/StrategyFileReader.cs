namespace Clew.Server.Sampling;

/// <summary>Makes the strategies of a file as Jaeger does: what it cannot use is replaced by the default or skipped, each with a warning.</summary>
/// <param name="defaultProbability">Of services for which nothing usable is said, 0 to 1.</param>
internal sealed class StrategyFileReader(double defaultProbability)
{
    private readonly List<string> warnings = [];

    /// <param name="utf8">The file.</param>
    /// <param name="defaultProbability">Of services for which the file says nothing usable, 0 to 1.</param>
    /// <returns>The strategies, and a line for each rule that was not taken as written.</returns>
    /// <exception cref="FormatException">The file as a whole cannot be used; the message says where.</exception>
    public static (StrategyTable Table, IReadOnlyList<string> Warnings) Read(ReadOnlySpan<byte> utf8, double defaultProbability)
    {
        StrategyFile file = StrategyFile.Parse(utf8);
        var reader = new StrategyFileReader(defaultProbability);
        SamplingStrategy defaultStrategy = file.DefaultStrategy is { } written
            ? reader.Strategy(written, "default_strategy")
            : SamplingStrategy.Probabilistic(defaultProbability);
        var services = new Dictionary<string, SamplingStrategy>(StringComparer.Ordinal);
        foreach (StrategyFile.Service? service in file.ServiceStrategies ?? [])
        {
            if (service?.Name is not { Length: > 0 } name)
                throw new FormatException("service_strategies has an entry without \"service\"");
            services[name] = reader.Strategy(service, $"service {name}");
        }
        return (new StrategyTable(defaultStrategy, services), reader.warnings);
    }

    private SamplingStrategy Strategy(StrategyFile.Service written, string where)
    {
        SamplingStrategy strategy = written.Type switch
        {
            "probabilistic" => SamplingStrategy.Probabilistic(Probability(written.Param, where)),
            "ratelimiting" => SamplingStrategy.RateLimiting(TracesPerSecond(written.Param, where)),
            _ => Unknown(written.Type, where),
        };
        if (written.OperationStrategies is not { Count: > 0 } operations)
            return strategy;
        double others = strategy.Type == SamplingType.Probabilistic ? strategy.Probability : defaultProbability;
        return strategy with { Operations = new OperationSampling(others, LowerBoundTracesPerSecond: 0, [.. Operations(operations, where)]) };
    }

    private IEnumerable<OperationProbability> Operations(IReadOnlyList<StrategyFile.Operation?> operations, string where)
    {
        foreach (StrategyFile.Operation? operation in operations)
        {
            if (operation?.Name is not { } name)
                throw new FormatException($"{where}: operation_strategies has an entry without \"operation\"");
            string place = $"{where}, operation {name}";
            if (operation.Type == "ratelimiting")
                warnings.Add($"{place}: an operation cannot be limited by rate; the rule is skipped");
            else
                yield return new(name, operation.Type == "probabilistic" ? Probability(operation.Param, place) : Unknown(operation.Type, place).Probability);
        }
    }

    private SamplingStrategy Unknown(string? type, string where)
    {
        warnings.Add($"{where}: no such type '{type}', expected probabilistic or ratelimiting; probabilistic with {defaultProbability} is used");
        return SamplingStrategy.Probabilistic(defaultProbability);
    }

    private static double Probability(double param, string where) =>
        param is >= 0 and <= 1 ? param : throw new FormatException($"{where}: param {param} is no probability from 0 to 1");

    // Fractions are cut off, as Jaeger's conversion to a 16-bit number does.
    private static int TracesPerSecond(double param, string where) =>
        param is >= 0 and <= short.MaxValue ? (int)param : throw new FormatException($"{where}: param {param} is no rate from 0 to {short.MaxValue}");
}
