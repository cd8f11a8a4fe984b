namespace Clew.Tracing;

/// <summary>Kinds of samplers; the values of <c>Tracing:Sampler:Type</c> in brackets.</summary>
public enum SamplerType
{
    /// <summary>Nothing was chosen.</summary>
    Default,

    /// <summary>Every trace [always_on].</summary>
    AlwaysOn,

    /// <summary>No trace [always_off].</summary>
    AlwaysOff,

    /// <summary>A share of traces by their id [ratio].</summary>
    Ratio,

    /// <summary>At most so many a second [rate_limiting].</summary>
    RateLimiting,

    /// <summary>Shares by operation, and at least so many a second of each [per_operation].</summary>
    PerOperation,

    /// <summary>As a server says: Clew, Jaeger or an OpenTelemetry collector [remote].</summary>
    Remote,
}
