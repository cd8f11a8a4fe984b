namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// What analytics remember of one head or one segment: what they read from its sections, or computed where there are none. Any thread. Made with the head or
/// segment and kept beside it, so that a growing head is only looked at where it has grown.
/// </summary>
/// <param name="number">The segment's number, or the one the head will be sealed under.</param>
/// <param name="replaces"><see cref="Segments.SegmentInfo.Replaces"/>; none for a head.</param>
/// <param name="openExtra">Opens a section of the segment, null when it has none of the number; null for a head.</param>
internal sealed class TableMemory(long number, IReadOnlyList<long> replaces, Func<int, ColumnReader?>? openExtra)
{
    public long Number { get; } = number;

    public IReadOnlyList<long> Replaces { get; } = replaces;

    public EdgeMemory Edges { get; } = new(number, replaces, OpenedOnce(openExtra, EdgeSection.ExtraNumber));

    public MinuteMemory Minutes { get; } = new(OpenedOnce(openExtra, MinuteSection.ExtraNumber));

    // Opening reads all bytes of the piece; questions read few of them, and often.
    private static Func<ColumnReader?> OpenedOnce(Func<int, ColumnReader?>? open, int extra)
    {
        ColumnReader? first = null;
        return () => (Volatile.Read(ref first) ?? Open())?.FromStart();

        ColumnReader? Open()
        {
            ColumnReader? opened = open?.Invoke(extra);
            Volatile.Write(ref first, opened);
            return opened;
        }
    }
}
