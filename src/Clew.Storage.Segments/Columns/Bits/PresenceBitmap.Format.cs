using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

internal sealed partial class PresenceBitmap
{
    private const byte Version = 1;

    /// <summary>
    /// One section: form (1 byte), rows in all (varint), then nothing, or a bit a row in words of 8 bytes, or the number of values and the gap before each
    /// (varints).
    /// </summary>
    public void WriteTo(ColumnWriter writer)
    {
        writer.Begin(SectionType.Presence, Version);
        writer.WriteByte((byte)form);
        writer.WriteVarint((ulong)RowCount);
        if (form == Form.Dense)
        {
            writer.WriteBytes(MemoryMarshal.AsBytes(Words));
        }
        else if (form == Form.Sparse)
        {
            writer.WriteVarint((ulong)Count);
            int next = 0;
            foreach (int row in Rows)
            {
                writer.WriteVarint((ulong)(row - next));
                next = row + 1;
            }
        }
        writer.End(tryBrotli: true);
    }

    /// <param name="reader">Stands before the section.</param>
    /// <param name="rowCount">How many rows there must be.</param>
    /// <exception cref="SegmentFormatException">The bytes are damaged or about another number of rows.</exception>
    public static PresenceBitmap Read(ColumnReader reader, int rowCount)
    {
        SectionReader section = reader.Read(SectionType.Presence, Version);
        var form = (Form)section.ReadByte("the form");
        if (section.ReadCount(int.MaxValue, "the number of rows") is var found && found != rowCount)
            throw section.Bad($"there are {found} rows where {rowCount} belong");
        PresenceBitmap presence = form switch
        {
            Form.All => new PresenceBitmap(Form.All, rowCount, rowCount, default, []),
            Form.Dense => ReadDense(section, rowCount),
            Form.Sparse => ReadSparse(section, rowCount),
            _ => throw section.Bad($"form {form} is not known"),
        };
        section.ExpectEnd();
        return presence;
    }

    private static PresenceBitmap ReadDense(SectionReader section, int rowCount)
    {
        ReadOnlyMemory<byte> data = section.ReadBytes((long)RowBitmap.WordCount(rowCount) * sizeof(ulong), "the bits");
        if ((rowCount & 63) != 0 && MemoryMarshal.Cast<byte, ulong>(data.Span)[^1] >> rowCount != 0)
            throw section.Bad("bits are set past the last row");
        return Dense(data, rowCount);
    }

    private static PresenceBitmap ReadSparse(SectionReader section, int rowCount)
    {
        int count = section.ReadCount(rowCount, "the number of values");
        if (count > section.Remaining)
            throw section.Bad($"there are {count} values, but {section.Remaining} bytes are left");
        int[] rows = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            rows[i] = next + section.ReadCount(rowCount - next - 1, "the gap before a row");
            next = rows[i] + 1;
        }
        return new PresenceBitmap(Form.Sparse, rowCount, count, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray(), []);
    }
}
