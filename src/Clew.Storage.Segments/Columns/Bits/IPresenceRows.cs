namespace Clew.Storage.Segments;

/// <summary>Knows which rows have a value of a column without keeping a bit for each. Any number of threads may ask at once.</summary>
internal interface IPresenceRows
{
    /// <summary>The rows from <paramref name="start"/> on, a multiple of 64; what <paramref name="words"/>, one bit a row, held is overwritten.</summary>
    /// <exception cref="SegmentFormatException">What it knows that from is damaged.</exception>
    void Read(int start, int count, Span<ulong> words);
}
