namespace Clew.Storage.Segments.Search;

/// <summary>What no column answers.</summary>
internal static class EachRow
{
    /// <summary>Asks about each of the rows in <paramref name="among"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public static void Find(RowBitmap among, RowBitmap rows, Func<int, bool> passes)
    {
        rows.Clear();
        foreach (int row in among)
        {
            if (passes(row))
                rows.Set(row);
        }
    }
}
