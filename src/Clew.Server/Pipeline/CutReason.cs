namespace Clew.Server.Pipeline;

/// <summary>What of a span was left out or changed on the way in, while the span itself was taken.</summary>
internal enum CutReason
{
    /// <summary>More attributes than allowed.</summary>
    Attributes,

    /// <summary>More events than allowed.</summary>
    Events,

    /// <summary>More links than allowed.</summary>
    Links,

    /// <summary>A value or name was longer than allowed.</summary>
    Text,

    /// <summary>The end lay before the start; the duration was set to zero.</summary>
    NegativeDuration,
}
