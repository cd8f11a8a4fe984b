using Clew.Tracing.Propagation;

namespace Clew.Tracing;

/// <summary>Which headers carry the context.</summary>
public sealed class PropagatorOptions
{
    /// <summary>Formats looked for, the first with identifiers wins.</summary>
    public IReadOnlyList<PropagationFormat> Extract { get; set; } = new PropagationOptions().Extract;

    /// <summary>Formats written, all of them.</summary>
    public IReadOnlyList<PropagationFormat> Inject { get; set; } = new PropagationOptions().Inject;

    /// <summary>How far callers are believed.</summary>
    public IncomingTrust Trust { get; set; }

    internal CompositePropagation Create() => new(new PropagationOptions { Extract = Extract, Inject = Inject, Trust = Trust });
}
