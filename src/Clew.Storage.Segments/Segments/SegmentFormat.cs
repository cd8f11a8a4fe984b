namespace Clew.Storage.Segments.Segments;

/// <summary>Constants of segment files; docs/format/segments.md draws them.</summary>
internal static class SegmentFormat
{
    /// <summary>What this program writes, and the newest it can read.</summary>
    public const ushort Version = 2;

    /// <summary>What a reader of the files this program writes has to know.</summary>
    public const ushort ReaderVersionMin = 2;

    public const int HeaderBytes = 16;

    public const int TailBytes = 24;

    /// <summary>Rows of a segment at most; far above what sealing and compaction make.</summary>
    public const int RowsMax = 1 << 24;

    /// <summary>Events, and links, of a segment at most.</summary>
    public const int DetailRowsMax = 1 << 27;

    /// <summary>The rows of one table of details; a sender may attach thousands to a span.</summary>
    /// <exception cref="InvalidOperationException">There are more than a segment may have.</exception>
    public static int CheckedRows(long rows, int rowsMax, string what) => rows <= rowsMax
        ? (int)rows
        : throw new InvalidOperationException($"A segment would have {rows} {what}; {rowsMax} are possible. Make it of fewer tables.");

    public static ReadOnlySpan<byte> Magic => "CLEWSEG\n"u8;

    public static ReadOnlySpan<byte> TailMagic => "GES\n"u8;
}
