namespace Clew.Server.Configuration;

/// <summary>How Zipkin's API answers.</summary>
internal sealed record ZipkinOptions
{
    /// <summary>Whether trace ids must match in all 128 bits; else traces that share the low 64 are one. Default true, as Zipkin.</summary>
    public bool StrictTraceId { get; init; } = true;
}
