namespace Clew.Storage.Segments.Search;

/// <summary>How long a search may take before it gives what it has.</summary>
internal sealed class SearchBudget(TimeSpan timeMax, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    public TimeSpan TimeMax => timeMax;

    public bool IsSpent => time.GetElapsedTime(started) > timeMax;
}
