namespace Clew.Storage.Segments.Analytics;

/// <summary>Which heads, by the numbers they were sealed under, the spans of a segment came from: those between two, as neighbours are merged.</summary>
internal readonly record struct SealedNumbers(long First, long Last)
{
    public SealedNumbers With(SealedNumbers other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));
}
