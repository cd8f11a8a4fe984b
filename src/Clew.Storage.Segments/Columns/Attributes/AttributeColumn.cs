using Clew.Model;
using Clew.Query;

namespace Clew.Storage.Segments;

/// <summary>
/// The values one attribute key has over the rows of a head or a segment: a part for each type that occurs, nearly always one. A row has one value at
/// most; what has several (events, links) is a table of its own. Immutable; any number of threads may use one at once.
/// </summary>
internal sealed class AttributeColumn(int rowCount, AttributePart[] parts)
{
    private const byte Version = 1, VersionWithoutPresence = 2;

    public int RowCount { get; } = rowCount;

    /// <summary>In the order of their types.</summary>
    public ReadOnlySpan<AttributePart> Parts => parts;

    /// <summary>The rows whose value matches, as <see cref="SpanMatcher"/> would find; what <paramref name="rows"/> held is overwritten.</summary>
    /// <exception cref="SegmentFormatException">The values are damaged in a way that only reading them shows.</exception>
    public void Match(ValueMatcher matcher, RowBitmap rows) => Match(matcher, null, rows);

    /// <summary>The same, but only rows of <paramref name="among"/> count (all when null): what is said of others is undefined.</summary>
    public void Match(ValueMatcher matcher, RowBitmap? among, RowBitmap rows)
    {
        rows.Clear();
        foreach (AttributePart part in parts)
            part.Match(matcher, among, rows);
    }

    /// <inheritdoc cref="IAttributeValues.MayMatch"/>
    public bool MayMatch(ValueMatcher matcher)
    {
        foreach (AttributePart part in parts)
        {
            if (part.MayMatch(matcher))
                return true;
        }
        return false;
    }

    /// <inheritdoc cref="AttributePart.Tally"/>
    public void Tally(RowBitmap rows, Dictionary<AttributeValue, long> counts)
    {
        foreach (AttributePart part in parts)
            part.Tally(rows, counts);
    }

    /// <summary>The rows that have a value; what <paramref name="rows"/> held is overwritten.</summary>
    public void Exists(RowBitmap rows)
    {
        rows.Clear();
        foreach (AttributePart part in parts)
            part.Presence.AddTo(rows);
    }

    /// <summary>Whether a row has a value.</summary>
    public bool Has(int row)
    {
        foreach (AttributePart part in parts)
        {
            if (part.Presence.Rank(row) >= 0)
                return true;
        }
        return false;
    }

    /// <inheritdoc cref="Match(ValueMatcher, RowBitmap)"/>
    public bool TryGet(int row, out AttributeValue value)
    {
        foreach (AttributePart part in parts)
        {
            if (part.TryGet(row, out value))
                return true;
        }
        value = default;
        return false;
    }

    /// <summary>One section: rows (varint), number of parts (1 byte), type of each (1 byte); behind it each part's presence and values.</summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Attribute, Version);
        writer.WriteVarint((ulong)RowCount);
        writer.WriteByte((byte)parts.Length);
        foreach (AttributePart part in parts)
            writer.WriteByte((byte)part.Type);
        writer.End(tryBrotli: false);
        foreach (AttributePart part in parts)
            part.WriteTo(writer);
    }

    /// <summary>
    /// For who knows by other means which rows have a value: one section of a higher version, which has, in place of the presence behind it, how many of each
    /// <see cref="PresenceChunks.ChunkRows"/> rows have one (varints). There is one part.
    /// </summary>
    public void WriteValuesTo(ColumnWriter writer)
    {
        if (parts.Length != 1)
            throw new InvalidOperationException("Only a column of one type can be written without saying which rows have a value.");
        writer.Begin(SectionType.Attribute, VersionWithoutPresence);
        writer.WriteVarint((ulong)RowCount);
        writer.WriteByte(1);
        writer.WriteByte((byte)parts[0].Type);
        int[] counts = new int[PresenceChunks.CountOf(RowCount)];
        parts[0].Presence.CountChunks(counts);
        foreach (int count in counts)
            writer.WriteVarint((ulong)count);
        writer.End(tryBrotli: false);
        parts[0].Values.WriteTo(writer);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="rowCount">How many rows there must be.</param>
    /// <param name="rows">Knows which rows have a value, where that is not stored with the column; null where it must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or about another number of rows.</exception>
    public static AttributeColumn Read(ColumnReader reader, int rowCount, IPresenceRows? rows = null)
    {
        SectionReader section = reader.Read(SectionType.Attribute, rows is null ? Version : VersionWithoutPresence);
        if (section.ReadCount(int.MaxValue, "the number of rows") is var found && found != rowCount)
            throw section.Bad($"there are {found} rows where {rowCount} belong");
        ReadOnlyMemory<byte> types = section.ReadBytes(section.ReadByte("the number of parts"), "the types");
        PresenceBitmap? known = section.Version == VersionWithoutPresence ? ReadCounts(section, rowCount, rows!) : null;
        section.ExpectEnd();
        if (known is not null && types.Length != 1)
            throw section.Bad($"there are {types.Length} parts where it is not said which rows have a value");
        var parts = new AttributePart[types.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            byte type = types.Span[i];
            // Ascending, so each comes once and there are no more than there are types.
            if (type > (byte)AttributeType.KeyValueList || (i > 0 && type <= types.Span[i - 1]))
                throw section.Bad($"part {i} is of type {type}");
            parts[i] = AttributePart.Read(reader, (AttributeType)type, known ?? PresenceBitmap.Read(reader, rowCount));
        }
        return new AttributeColumn(rowCount, parts);
    }

    private static PresenceBitmap ReadCounts(SectionReader section, int rowCount, IPresenceRows rows)
    {
        if (PresenceChunks.CountOf(rowCount) > section.Remaining)
            throw section.Bad($"{section.Remaining} bytes are left for the counts of {rowCount} rows");
        int[] counts = new int[PresenceChunks.CountOf(rowCount)];
        for (int chunk = 0; chunk < counts.Length; chunk++)
            counts[chunk] = section.ReadCount(Math.Min(PresenceChunks.ChunkRows, rowCount - chunk * PresenceChunks.ChunkRows), "how many rows have a value");
        return PresenceBitmap.Known(rows, rowCount, counts);
    }
}
