namespace Clew.Model;

/// <summary>What kind of input could not be understood; says whom to ask when a counter rises.</summary>
public enum SpanFormatProblem
{
    Malformed,

    /// <summary>The payload ends too early: cut on the way, by a packet size for example.</summary>
    Truncated,

    /// <summary>A well-formed message, but not one that carries spans.</summary>
    OtherMessage,
}
