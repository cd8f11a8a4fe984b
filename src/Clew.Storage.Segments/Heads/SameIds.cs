using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>The rows of a head that share their trace and span id: halves of a Zipkin call, or what a sender with bad ids sent.</summary>
internal sealed class SameIds(int first)
{
    // Up to here comparing with each costs less than keeping hashes, and beyond it comparing with each would let a sender make every append slower.
    private const int ComparedMax = 8;

    private readonly List<int> rows = [first];
    private Dictionary<int, List<int>>? rowsByHash;

    /// <summary>Adds a row unless one with an equal span is there.</summary>
    /// <param name="row">The row it would be.</param>
    /// <param name="span">What it would hold.</param>
    /// <param name="spanAt">Reads a row added before.</param>
    public bool TryAdd(int row, Span span, Func<int, Span> spanAt)
    {
        if (rowsByHash is null && rows.Count >= ComparedMax)
        {
            rowsByHash = [];
            foreach (int known in rows)
                RowsOf(spanAt(known)).Add(known);
        }
        List<int> candidates = rowsByHash is null ? rows : RowsOf(span);
        foreach (int candidate in candidates)
        {
            if (spanAt(candidate).Equals(span))
                return false;
        }
        candidates.Add(row);
        return true;
    }

    private List<int> RowsOf(Span span)
    {
        int hash = span.GetHashCode();
        if (!rowsByHash!.TryGetValue(hash, out List<int>? found))
            rowsByHash.Add(hash, found = []);
        return found;
    }
}
