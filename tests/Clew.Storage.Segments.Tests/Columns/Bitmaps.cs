namespace Clew.Storage.Segments.Tests;

internal static class Bitmaps
{
    public static RowBitmap From(bool[] bits)
    {
        RowBitmap bitmap = RowBitmap.Rent(bits.Length);
        for (int i = 0; i < bits.Length; i++)
        {
            if (bits[i])
                bitmap.Set(i);
        }
        return bitmap;
    }

    /// <summary>Through the enumerator, so that it is tested wherever bitmaps are.</summary>
    public static bool[] ToBools(this RowBitmap bitmap)
    {
        bool[] bits = new bool[bitmap.RowCount];
        foreach (int row in bitmap)
            bits[row] = true;
        return bits;
    }

    /// <summary>What a scan writes into a bitmap that held something else before.</summary>
    public static bool[] Scan(int rowCount, Action<RowBitmap> scan)
    {
        using RowBitmap rows = RowBitmap.Rent(rowCount);
        for (int row = 0; row < rowCount; row += 3)
            rows.Set(row);
        scan(rows);
        return rows.ToBools();
    }
}
