namespace Clew.Tracing.Propagation;

/// <summary>How far callers are believed. A public endpoint should not let strangers decide what is recorded.</summary>
public enum IncomingTrust
{
    /// <summary>Continue the caller's trace and follow its decision. For services behind other services.</summary>
    Accept,

    /// <summary>
    /// Continue the caller's trace but decide here: the context counts as undecided, which <see cref="Sampling.ParentSampler"/> hands to its root sampler
    /// (samplers that do not know about it see a parent that was not sampled). A decision without identifiers means nothing.
    /// </summary>
    IdsOnly,

    /// <summary>Start a new trace whatever the caller sends, and take no baggage. For the edge.</summary>
    Ignore,
}
