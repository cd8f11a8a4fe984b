using System.Buffers.Binary;
using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>Reads what <see cref="ValueWriting"/> and <see cref="AttributeValueCodec"/> write. Believes nothing: whatever is counted is held against the bytes that are left.</summary>
/// <param name="bytes">The whole value.</param>
/// <param name="what">What it is, for exceptions.</param>
internal ref struct ValueReader(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;

    public readonly bool AtEnd => position == bytes.Length;

    public readonly void ExpectEnd()
    {
        if (!AtEnd)
            throw Bad("bytes follow after its end");
    }

    public byte ReadByte() => Take(1)[0];

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public uint ReadUInt32() =>
        Varint.TryRead(bytes, ref position, out ulong value) && value <= uint.MaxValue ? (uint)value : throw Bad("a number of 32 bits is none");

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public AttributeValue ReadValue() => ReadValue(AttributeValueCodec.DepthMax);

    public AttributeList ReadEntries() => ReadEntries(AttributeValueCodec.DepthMax);

    public readonly SegmentFormatException Bad(string problem) => new(problem, what, position);

    private AttributeValue ReadValue(int depth)
    {
        if (depth < 0)
            throw Bad("values are nested too deep");
        byte type = ReadByte();
        return (AttributeType)type switch
        {
            AttributeType.Empty => AttributeValue.Empty,
            AttributeType.String => AttributeValue.From(ReadText()),
            AttributeType.Bool => AttributeValue.From(ReadByte() != 0),
            AttributeType.Int64 => AttributeValue.From(ReadInt64()),
            AttributeType.Double => AttributeValue.From(BitConverter.Int64BitsToDouble(ReadInt64())),
            AttributeType.Bytes => AttributeValue.From(ReadBytes().ToArray()),
            AttributeType.Array => ReadArray(depth - 1),
            AttributeType.KeyValueList => AttributeValue.FromKeyValues(ReadEntries(depth - 1)),
            _ => throw Bad($"type {type} is not known"),
        };
    }

    private AttributeValue ReadArray(int depth)
    {
        var items = new AttributeValue[ReadCount()];
        for (int i = 0; i < items.Length; i++)
            items[i] = ReadValue(depth);
        return AttributeValue.FromArray(items);
    }

    private AttributeList ReadEntries(int depth)
    {
        int count = ReadCount();
        if (count == 0)
            return AttributeList.None;
        var items = new KeyValue[count];
        for (int i = 0; i < items.Length; i++)
            items[i] = new KeyValue(ReadText(), ReadValue(depth));
        return new AttributeList(items);
    }

    // Whatever is counted takes a byte each at least, so what is left bounds what is allocated for it.
    private int ReadCount() =>
        Varint.TryRead(bytes, ref position, out ulong count) && count <= (ulong)(bytes.Length - position) ? (int)count : throw Bad("a count is no number or more than what is left");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position)
            throw Bad("it ends early");
        ReadOnlySpan<byte> taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }
}
