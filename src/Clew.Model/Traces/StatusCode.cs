namespace Clew.Model;

/// <summary>Outcome of a span; numbers as in OTLP's <c>Status.StatusCode</c>. Unknown numbers become <see cref="Unset"/>.</summary>
public enum StatusCode : byte
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
