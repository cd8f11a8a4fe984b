using Clew.Model;

namespace Clew.Storage.Segments.Segments;

/// <summary>What stands at the end of a segment: its <see cref="SegmentInfo"/>, the numbers of rows, and where everything is.</summary>
internal sealed record SegmentFooter
{
    private const byte SectionVersion = 1;

    // A directory's entry takes at least three bytes, a range two, a number one.
    private const int EntryBytesMin = 3;

    public required SegmentInfo Info { get; init; }

    public required int EventRows { get; init; }

    public required int LinkRows { get; init; }

    /// <summary>Spans without a time.</summary>
    public required int UntimedRows { get; init; }

    /// <summary>Pieces of the file from its header to the footer, without gaps.</summary>
    public required IReadOnlyList<SegmentEntry> Entries { get; init; }

    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Footer, SectionVersion);
        writer.WriteInt64(Info.Number);
        writer.WriteVarint((ulong)Info.Rows);
        writer.WriteVarint((ulong)Info.Traces);
        writer.WriteVarint((ulong)Info.NewTraces);
        writer.WriteVarint((ulong)EventRows);
        writer.WriteVarint((ulong)LinkRows);
        writer.WriteVarint((ulong)UntimedRows);
        writer.WriteByte(Info.HasTracesWithoutTime ? (byte)1 : (byte)0);
        writer.WriteInt64(Info.Arrival.FromNs);
        writer.WriteInt64(Info.Arrival.ToNs);
        writer.WriteInt64(Info.WalReplayFrom);
        writer.WriteVarint((ulong)Info.Starts.Count);
        foreach (TimeRange range in Info.Starts)
        {
            writer.WriteInt64(range.FromNs);
            writer.WriteInt64(range.ToNs);
        }
        writer.WriteVarint((ulong)Info.Replaces.Count);
        foreach (long number in Info.Replaces)
            writer.WriteInt64(number);
        writer.WriteVarint((ulong)Entries.Count);
        foreach (SegmentEntry entry in Entries)
        {
            writer.WriteByte((byte)entry.Section);
            writer.WriteVarint((ulong)entry.Number);
            writer.WriteVarint((ulong)entry.Length);
        }
        writer.End(tryBrotli: false);
    }

    /// <param name="reader">Stands before the footer.</param>
    /// <param name="footerOffset">Where that is in the file.</param>
    /// <param name="fileLength">The file's.</param>
    /// <exception cref="SegmentFormatException">It is damaged, or says what cannot be.</exception>
    public static SegmentFooter Read(ColumnReader reader, long footerOffset, long fileLength)
    {
        SectionReader section = reader.Read(SectionType.Footer, SectionVersion);
        long number = section.ReadInt64("the segment's number");
        int rows = section.ReadCount(SegmentFormat.RowsMax, "the number of rows");
        int traces = section.ReadCount(rows, "the number of traces");
        int newTraces = section.ReadCount(int.MaxValue, "the number of new traces");
        int eventRows = section.ReadCount(SegmentFormat.DetailRowsMax, "the number of events");
        int linkRows = section.ReadCount(SegmentFormat.DetailRowsMax, "the number of links");
        int untimedRows = section.ReadCount(rows, "the number of spans without a time");
        bool hasTracesWithoutTime = section.ReadByte("whether a trace has no time") != 0;
        var arrival = new TimeRange(section.ReadInt64("the first arrival"), section.ReadInt64("the last arrival"));
        long walReplayFrom = section.ReadInt64("the position in the log");
        var starts = new TimeRange[section.ReadCount(StartRanges.CountMax, "the number of ranges")];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = new TimeRange(section.ReadInt64("the start of a range"), section.ReadInt64("the end of a range"));
            if (starts[i].FromNs > starts[i].ToNs || (i > 0 && starts[i].FromNs <= starts[i - 1].ToNs))
                throw section.Bad($"range {i} of start times is no range, or does not come after the one before it");
        }
        long[] replaces = new long[section.ReadCount(section.Remaining / sizeof(long), "the number of replaced segments")];
        for (int i = 0; i < replaces.Length; i++)
            replaces[i] = section.ReadInt64("the number of a replaced segment");
        SegmentEntry[] entries = ReadEntries(section, footerOffset);
        section.ExpectEnd();
        reader.ExpectEnd();
        if (number < 0 || rows == 0 || traces == 0 || arrival.FromNs > arrival.ToNs)
            throw section.Bad($"segment {number} cannot have {rows} rows of {traces} traces that arrived from {arrival.FromNs} to {arrival.ToNs}");
        return new SegmentFooter
        {
            Info = new SegmentInfo
            {
                Number = number,
                Rows = rows,
                Traces = traces,
                NewTraces = newTraces,
                Arrival = arrival,
                Starts = starts,
                HasTracesWithoutTime = hasTracesWithoutTime,
                WalReplayFrom = walReplayFrom,
                Replaces = replaces,
                Bytes = fileLength,
            },
            EventRows = eventRows,
            LinkRows = linkRows,
            UntimedRows = untimedRows,
            Entries = entries,
        };
    }

    private static SegmentEntry[] ReadEntries(SectionReader section, long footerOffset)
    {
        var entries = new SegmentEntry[section.ReadCount(section.Remaining / EntryBytesMin, "the number of pieces")];
        var known = new HashSet<(SegmentSection, int)>();
        long offset = SegmentFormat.HeaderBytes;
        for (int i = 0; i < entries.Length; i++)
        {
            var kind = (SegmentSection)section.ReadByte("what a piece is");
            int number = section.ReadCount(int.MaxValue, "the number of a piece");
            ulong length = section.ReadVarint("the length of a piece");
            if (length > (ulong)(footerOffset - offset))
                throw section.Bad($"piece {kind} {number} ends behind the footer's beginning");
            if (!known.Add((kind, number)))
                throw section.Bad($"piece {kind} {number} stands there twice");
            entries[i] = new SegmentEntry(kind, number, offset, (long)length);
            offset += (long)length;
        }
        return offset == footerOffset ? entries : throw section.Bad($"the pieces end at byte {offset}, but the footer begins at {footerOffset}");
    }
}
