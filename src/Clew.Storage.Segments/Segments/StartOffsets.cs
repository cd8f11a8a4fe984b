namespace Clew.Storage.Segments.Segments;

/// <summary>
/// Start times of one trace's spans as differences from the earliest, plus 1; 0 stands for a span without a time. All arithmetic wraps.
/// </summary>
internal static class StartOffsets
{
    public static void Encode(ReadOnlySpan<long> startsNs, Span<long> offsets)
    {
        long earliest = 0;
        foreach (long start in startsNs)
            earliest = Query.TraceTime.Earlier(earliest, start);
        long origin = Origin(earliest);
        for (int i = 0; i < startsNs.Length; i++)
            offsets[i] = startsNs[i] == 0 ? 0 : unchecked(startsNs[i] - origin);
    }

    public static long Decode(long offset, long minStartNs) => offset == 0 ? 0 : unchecked(offset + Origin(minStartNs));

    // What a start must not be, so that its difference is not 0. Below the least time there is none to the left; 0 is none either.
    private static long Origin(long minStartNs) => minStartNs == long.MinValue ? 0 : minStartNs - 1;
}
