namespace Clew.Storage.Segments.Store;

/// <summary>
/// Which records of the write-ahead log are in a head. Appends finish in any order, so what is known is a position below which all are, and some above it.
/// Not thread-safe: belongs to whoever holds the store's append lock.
/// </summary>
internal sealed class AppliedPositions(long first)
{
    private readonly HashSet<long> beyond = [];

    /// <summary>The lowest position that is not in a head yet.</summary>
    public long FirstMissing { get; private set; } = first;

    public void Add(long position)
    {
        if (position != FirstMissing)
        {
            beyond.Add(position);
            return;
        }
        do
            FirstMissing++;
        while (beyond.Remove(FirstMissing));
    }
}
