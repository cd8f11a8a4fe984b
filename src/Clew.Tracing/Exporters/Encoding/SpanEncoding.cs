using System.Diagnostics;
using Clew.Tracing.Exporters.Delivery;

namespace Clew.Tracing.Exporters.Encoding;

internal static class SpanEncoding
{
    /// <summary>Adds a span; one that cannot be encoded costs no other.</summary>
    /// <returns>Null, or why it was left out (<see cref="DropReasons"/>).</returns>
    public static string? TryAdd(IRequestEncoder encoder, Activity span)
    {
        if (!SpanIds.AreValid(span))
            return DropReasons.InvalidId;
        try
        {
            encoder.Add(span);
            return null;
        }
#pragma warning disable CA1031 // Tag values are the application's objects: their ToString and enumerators may throw anything.
        catch (Exception)
#pragma warning restore CA1031
        {
            return DropReasons.Unreadable;
        }
    }
}
