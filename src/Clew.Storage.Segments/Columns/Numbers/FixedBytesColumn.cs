using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>Byte strings of one length, end to end: ids as they are. A view; any number of threads may use one at once.</summary>
internal sealed class FixedBytesColumn
{
    /// <summary>Longest value; a SHA-256 has 32 bytes.</summary>
    public const int WidthMax = 64;

    private const byte Version = 1;

    private readonly ReadOnlyMemory<byte> values;
    private ValueFilter? filter;
    private bool wasSearched;

    public FixedBytesColumn(ReadOnlyMemory<byte> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, WidthMax);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length % width, 0, nameof(values));
        this.values = values;
        Width = width;
        Count = values.Length / width;
    }

    /// <summary>Bytes a value.</summary>
    public int Width { get; }

    public int Count { get; }

    /// <summary>All values, end to end.</summary>
    public ReadOnlySpan<byte> Values => values.Span;

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return values.Span.Slice(row * Width, Width);
        }
    }

    /// <summary>False when no row holds <paramref name="value"/>, as far as can be told without a search through all values.</summary>
    public bool MayContain(ReadOnlySpan<byte> value) => value.Length == Width && Volatile.Read(ref filter)?.MayContain(value) != false;

    /// <summary>The rows that hold <paramref name="value"/>; what <paramref name="rows"/> held is overwritten.</summary>
    public void EqualTo(ReadOnlySpan<byte> value, RowBitmap rows)
    {
        if (rows.RowCount != Count)
            throw new ArgumentException($"The bitmap has {rows.RowCount} rows, the column {Count}.", nameof(rows));
        if (value.Length == Width && Width == sizeof(ulong))
        {
            ValueScan.Run(MemoryMarshal.Cast<byte, ulong>(values.Span), new EqualTo<ulong>(MemoryMarshal.Read<ulong>(value)), rows.Words);
            return;
        }
        rows.Clear();
        if (value.Length != Width || (Width >= sizeof(ulong) && Filter()?.MayContain(value) == false))
            return;
        // The library's vectorised search finds where the value may begin; it counts where a row does.
        ReadOnlySpan<byte> all = values.Span;
        for (int at = 0; at < all.Length;)
        {
            int found = all[at..].IndexOf(value);
            if (found < 0)
                return;
            at += found;
            if (at % Width == 0)
                rows.Set(at / Width);
            // A find within a row is of two rows' bytes; the next row begins behind it either way.
            at += Width - at % Width;
        }
    }

    // Made when a second value is looked for: a column of a head's snapshot is searched once.
    private ValueFilter? Filter()
    {
        if (Volatile.Read(ref filter) is { } known)
            return known;
        if (!wasSearched)
        {
            wasSearched = true;
            return null;
        }
        ValueFilter? made = ValueFilter.TryMake(values.Span, Width, DictionaryBlockCache.Shared.CapacityBytes / 2);
        return made is null ? null : Interlocked.CompareExchange(ref filter, made, null) ?? made;
    }

    /// <summary>One section: width (1 byte), count (varint), the values.</summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.FixedBytes, Version);
        writer.WriteByte((byte)Width);
        writer.WriteVarint((ulong)Count);
        writer.WriteBytes(values.Span);
        writer.End(tryBrotli: false);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold another number of values.</exception>
    public static FixedBytesColumn Read(ColumnReader reader, int count)
    {
        SectionReader section = reader.Read(SectionType.FixedBytes, Version);
        int width = section.ReadByte("the width");
        if (width is < 1 or > WidthMax)
            throw section.Bad($"{width} bytes is not a width that values can have");
        if (section.ReadCount(int.MaxValue, "the count") is var found && found != count)
            throw section.Bad($"there are {found} values where {count} belong");
        ReadOnlyMemory<byte> values = section.ReadBytes((long)count * width, "the values");
        section.ExpectEnd();
        return new FixedBytesColumn(values, width);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="count">How many values there must be.</param>
    /// <param name="width">Bytes that each must have.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or hold other values.</exception>
    public static FixedBytesColumn Read(ColumnReader reader, int count, int width)
    {
        FixedBytesColumn column = Read(reader, count);
        return column.Width == width ? column : throw new SegmentFormatException($"the values have {column.Width} bytes, not {width}", nameof(SectionType.FixedBytes), 0);
    }
}
