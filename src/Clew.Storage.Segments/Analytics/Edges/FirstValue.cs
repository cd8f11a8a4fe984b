using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>The first value that rows have under one key, as text. One thread at a time.</summary>
internal sealed class FirstValue
{
    private readonly string key;
    private readonly AttributeColumn? column;
    private readonly ValueColumn? rest;
    private readonly ulong[]? present;

    /// <param name="attributes">Where the values are.</param>
    /// <param name="key">Their key.</param>
    /// <param name="readsMostRows">Whether most rows will be asked about: then it pays to find out first which have a value.</param>
    public FirstValue(AttributeTable attributes, string key, bool readsMostRows)
    {
        this.key = key;
        rest = attributes.Rest;
        // Where the key's first occurrence has no column it is in the rest, and later ones are not the first.
        if (attributes.ColumnsOf(key) is not [int number, ..] || attributes.Keys[number].Occurrence != 0)
            return;
        column = attributes.Column(number);
        if (!readsMostRows)
            return;
        using RowBitmap rows = RowBitmap.Rent(attributes.RowCount);
        column.Exists(rows);
        present = rows.Words.ToArray();
    }

    /// <summary>Null when the row has none.</summary>
    public string? Of(int row)
    {
        if (column is not null && (present is null || (present[row >> 6] >> row & 1) != 0) && column.TryGet(row, out AttributeValue value))
            return value.ToString();
        if (rest is null)
            return null;
        ReadOnlySpan<byte> entries = rest.Get(row, stackalloc byte[TextShape.TextBytesMax]);
        return entries.IsEmpty ? null : AttributeValueCodec.Read(entries).AsKeyValues().TextOf(key);
    }
}
