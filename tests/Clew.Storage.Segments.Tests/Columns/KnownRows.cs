namespace Clew.Storage.Segments.Tests;

/// <summary>Knows which rows have a value from a list of them.</summary>
internal sealed class KnownRows(bool[] present) : IPresenceRows
{
    public static KnownRows Of(AttributeColumn column) => new(Bitmaps.Scan(column.RowCount, column.Exists));

    public void Read(int start, int count, Span<ulong> words)
    {
        words.Clear();
        for (int row = 0; row < count; row++)
            words[row >> 6] |= present[start + row] ? 1UL << row : 0;
    }
}
