using System.Text;

namespace Clew.Storage.Segments.Search;

/// <summary>The different values of a column.</summary>
internal static class DistinctValues
{
    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Calls with each different value that the given rows have; more often than once where values stand row by row.</summary>
    public static void ForEach(ValueColumn column, RowsInRange rows, ValueSeen seen)
    {
        // A stored dictionary has no value without a row.
        if (rows.AreAll && column.Dictionary is { MayHoldMore: false } dictionary)
        {
            var walk = new DictionaryScratch();
            Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
            for (uint code = 0; code < dictionary.Count; code++)
                seen(column.ValueOf(code, walk, scratch));
        }
        else
        {
            ForEach(column, rows.Bits, seen);
        }
    }

    public static void ForEach(ValueColumn column, RowBitmap rows, ValueSeen seen)
    {
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        if (column.Dictionary is { } dictionary)
        {
            using RowBitmap codes = RowBitmap.Rent(dictionary.Count);
            column.Codes.CollectCodes(rows, codes);
            var walk = new DictionaryScratch();
            foreach (int code in codes)
                seen(column.ValueOf((uint)code, walk, scratch));
            return;
        }
        foreach (int row in rows)
            seen(column.Get(row, scratch));
    }
}

/// <summary>Takes a value that stands in some row.</summary>
internal delegate void ValueSeen(ReadOnlySpan<byte> value);
