using System.Diagnostics;
using Clew.Tracing.Propagation;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Follows the parent's decision and asks another sampler where there is none: for roots, and for callers who left the decision to us (B3 without a state,
/// or <see cref="IncomingTrust.IdsOnly"/>), which OpenTelemetry's own parent-based sampler would take for "not sampled".
/// </summary>
public sealed class ParentSampler : Sampler, IDisposable
{
    private readonly Sampler root;

    /// <param name="root">Decides where the parent has not. Disposed with this sampler.</param>
    public ParentSampler(Sampler root)
    {
        this.root = root;
        Description = $"ParentSampler{{{root.Description}}}";
    }

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        ActivityContext parent = samplingParameters.ParentContext;
        if (parent.TraceId == default)
            return root.ShouldSample(samplingParameters);
        // Only a remote parent can be undecided: in this process the mark stays in the tracestate of spans that have been decided about.
        if (parent.IsRemote && TraceStateMark.Read(parent.TraceState) == SamplingState.Defer)
        {
            SamplingResult result = root.ShouldSample(samplingParameters);
            return new SamplingResult(result.Decision, result.Attributes, TraceStateMark.Apply(result.TraceStateString ?? parent.TraceState, SamplingState.Accept) ?? "");
        }
        return new SamplingResult((parent.TraceFlags & ActivityTraceFlags.Recorded) != 0);
    }

    /// <inheritdoc/>
    public void Dispose() => (root as IDisposable)?.Dispose();
}
