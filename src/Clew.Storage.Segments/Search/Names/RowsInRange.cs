using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>The rows of a table that are in a time range.</summary>
internal sealed class RowsInRange : IDisposable
{
    private RowsInRange(RowBitmap bits, bool areAll)
    {
        Bits = bits;
        AreAll = areAll;
    }

    public RowBitmap Bits { get; }

    /// <summary>Whether the range takes every row.</summary>
    public bool AreAll { get; }

    public static RowsInRange Of(SpanTable table, TimeRange range)
    {
        RowBitmap bits = RowBitmap.Rent(table.RowCount);
        if (range == TimeRange.All)
        {
            bits.SetAll();
            return new RowsInRange(bits, areAll: true);
        }
        table.StartsIn(range, bits);
        return new RowsInRange(bits, bits.Count() == bits.RowCount);
    }

    public void Dispose() => Bits.Dispose();
}
