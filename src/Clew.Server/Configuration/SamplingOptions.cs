namespace Clew.Server.Configuration;

/// <summary>What SDKs with Jaeger's remote sampler are told to sample.</summary>
internal sealed record SamplingOptions
{
    /// <summary>Who says what is sampled. Default the file.</summary>
    public SamplingMode Mode { get; init; } = SamplingMode.File;

    /// <summary>Path of a strategies file in Jaeger's JSON format; empty for none. Default none.</summary>
    public string StrategiesFile { get; init; } = "";

    /// <summary>Milliseconds between looks at the file, beside being told of changes. Default 10 s.</summary>
    public int ReloadIntervalMs { get; init; } = 10_000;

    /// <summary>Probability for services about which nothing else is said, 0 to 1. Default 1, as Jaeger's all-in-one.</summary>
    public double DefaultProbability { get; init; } = 1;

    public AdaptiveOptions Adaptive { get; init; } = new();
}

internal enum SamplingMode
{
    /// <summary>The strategies file, or the default probability.</summary>
    File,

    /// <summary>Probabilities calculated from the traffic.</summary>
    Adaptive,
}
