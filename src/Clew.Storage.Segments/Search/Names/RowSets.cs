namespace Clew.Storage.Segments.Search;

/// <summary>Tells the rows that one of several sets has from those that more than one has.</summary>
internal static class RowSets
{
    /// <param name="any">Rows of the sets so far; <paramref name="next"/> is added.</param>
    /// <param name="several">Rows of more than one set so far; added to.</param>
    /// <param name="next">The next set.</param>
    public static void AddTo(RowBitmap any, RowBitmap several, RowBitmap next)
    {
        using RowBitmap shared = RowBitmap.Rent(next.RowCount);
        shared.Or(next);
        shared.And(any);
        several.Or(shared);
        any.Or(next);
    }
}
