using System.Buffers.Binary;

namespace Clew.Storage.Segments;

/// <summary>Reads what is in one section, whose checksum was found right. Still nothing is believed: every length is held against the bytes that are there.</summary>
internal sealed class SectionReader(ReadOnlyMemory<byte> bytes, byte version, string where, long sectionOffset)
{
    private int position;

    /// <summary>How what it holds is laid out.</summary>
    public byte Version => version;

    /// <summary>Where the section begins, as messages say it.</summary>
    public long Offset => sectionOffset;

    /// <summary>Which section it is, as messages say it.</summary>
    public string Where => where;

    public int Remaining => bytes.Length - position;

    public byte ReadByte(string what) => ReadBytes(1, what).Span[0];

    public long ReadInt64(string what) => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(sizeof(long), what).Span);

    public ulong ReadVarint(string what) =>
        Varint.TryRead(bytes.Span, ref position, out ulong value) ? value : throw Bad($"{what} is not a number");

    /// <summary>A varint from 0 to <paramref name="max"/>.</summary>
    public int ReadCount(int max, string what)
    {
        ulong value = ReadVarint(what);
        return value <= (ulong)max ? (int)value : throw Bad($"{what} is {value}; at most {max} is possible");
    }

    public ReadOnlyMemory<byte> ReadBytes(long count, string what)
    {
        if (count < 0 || count > Remaining)
            throw Bad($"{what} takes {count} bytes, but {Remaining} are left");
        ReadOnlyMemory<byte> read = bytes.Slice(position, (int)count);
        position += (int)count;
        return read;
    }

    /// <summary>Everything not read yet.</summary>
    public ReadOnlyMemory<byte> ReadRest() => ReadBytes(Remaining, "the rest");

    public void ExpectEnd()
    {
        if (Remaining != 0)
            throw Bad($"{Remaining} bytes follow after the section's end");
    }

    public SegmentFormatException Bad(string what) => new(what, where, sectionOffset);
}
