namespace Clew.Tracing.Propagation;

/// <summary>What the caller says about recording the trace; B3's four states, which the other formats have in part.</summary>
public enum SamplingState : byte
{
    /// <summary>Nothing: whoever receives the context decides.</summary>
    Defer,

    /// <summary>The trace is not recorded.</summary>
    Deny,

    /// <summary>The trace is recorded.</summary>
    Accept,

    /// <summary>The trace is recorded because somebody wants to see this one; later sampling must not drop it.</summary>
    Debug,
}
