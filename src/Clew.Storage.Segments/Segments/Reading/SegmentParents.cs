namespace Clew.Storage.Segments.Segments;

/// <summary>Parents as <see cref="TraceTableWriter"/> writes them: codes, and the ids of those that are not in the trace here.</summary>
internal sealed class SegmentParents(Int64Column codes, PresenceBitmap outer, FixedBytesColumn outerIds)
{
    public static SegmentParents Read(ColumnReader reader, int rowCount)
    {
        var codes = Int64Column.Read(reader, rowCount);
        var outer = PresenceBitmap.Read(reader, rowCount);
        var parents = new SegmentParents(codes, outer, FixedBytesColumn.Read(reader, outer.Count, sizeof(ulong)));
        reader.ExpectEnd();
        return parents;
    }

    public PresenceBitmap Outer => outer;

    public long CodeOf(int row) => codes[row];

    public void ReadCodes(int start, Span<ulong> destination) => codes.Read(start, System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, long>(destination));

    /// <summary>The parent's id of a row with <see cref="TraceTableWriter.OuterParent"/>.</summary>
    public ulong OuterOf(int row)
    {
        int position = outer.Rank(row);
        return position >= 0 ? IdBytes.Read(outerIds, position) : throw new SegmentFormatException($"the id of row {row}'s parent is missing", nameof(SegmentSection.Parents), 0);
    }

    public void Roots(RowBitmap rows) => codes.InRange(TraceTableWriter.NoParent, TraceTableWriter.NoParent, rows);
}
