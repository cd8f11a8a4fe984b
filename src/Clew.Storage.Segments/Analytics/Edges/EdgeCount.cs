namespace Clew.Storage.Segments.Analytics;

/// <summary>Calls and how many of them failed. What a table contributes may be negative: see <see cref="EdgeContribution"/>.</summary>
internal record struct EdgeCount(long Calls, long Errors)
{
    public readonly bool IsZero => Calls == 0 && Errors == 0;

    public void Add(EdgeCount other)
    {
        Calls += other.Calls;
        Errors += other.Errors;
    }
}
