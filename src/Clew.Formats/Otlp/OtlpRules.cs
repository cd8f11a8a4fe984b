namespace Clew.Formats.Otlp;

/// <summary>What OTLP's values mean in the model, the same for both encodings.</summary>
internal static class OtlpRules
{
    /// <summary>
    /// End minus start. An end of 0 means that the sender gave none. An end before the start stays negative (and an absurd one wraps) for
    /// the pipeline to see.
    /// </summary>
    public static long DurationNs(long startNs, long endNs) => endNs == 0 ? 0 : unchecked(endNs - startNs);
}
