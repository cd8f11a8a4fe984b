using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>
/// An attribute value as bytes: the type (1 byte), then for strings and bytes a length (varint) and the bytes, for booleans 1 byte, for numbers 8, for arrays
/// the number of items (varint) and the items, for lists the number of entries and for each its key (as a string without the type) and value.
/// </summary>
internal static class AttributeValueCodec
{
    /// <summary>Arrays and lists within each other; every decoder of a sender's format allows fewer.</summary>
    public const int DepthMax = 128;

    public static void Write(IBufferWriter<byte> output, AttributeValue value)
    {
        WriteByte(output, (byte)value.Type);
        switch (value.Type)
        {
            case AttributeType.String:
                WriteText(output, value.AsString());
                break;
            case AttributeType.Bytes:
                WriteVarint(output, value.AsBytes().Length);
                output.Write(value.AsBytes().Span);
                break;
            case AttributeType.Bool:
                WriteByte(output, value.AsBool() ? (byte)1 : (byte)0);
                break;
            case AttributeType.Int64:
                WriteInt64(output, value.AsInt64());
                break;
            case AttributeType.Double:
                WriteInt64(output, BitConverter.DoubleToInt64Bits(value.AsDouble()));
                break;
            case AttributeType.Array:
                WriteVarint(output, value.AsArray().Count);
                foreach (AttributeValue item in value.AsArray())
                    Write(output, item);
                break;
            case AttributeType.KeyValueList:
                WriteVarint(output, value.AsKeyValues().AsSpan().Length);
                foreach (KeyValue item in value.AsKeyValues())
                {
                    WriteText(output, item.Key);
                    Write(output, item.Value);
                }
                break;
        }
    }

    /// <exception cref="SegmentFormatException">The bytes are not one whole value.</exception>
    public static AttributeValue Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        AttributeValue value = reader.Read(DepthMax);
        return reader.AtEnd ? value : throw reader.Bad("bytes follow after a value's end");
    }

    private static void WriteText(IBufferWriter<byte> output, string text)
    {
        WriteVarint(output, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteByte(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private static void WriteVarint(IBufferWriter<byte> output, int value) => output.Advance(Varint.Write(output.GetSpan(Varint.BytesMax), (ulong)value));

    private static void WriteInt64(IBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int position;

        public readonly bool AtEnd => position == bytes.Length;

        public AttributeValue Read(int depth)
        {
            if (depth < 0)
                throw Bad("values are nested too deep");
            byte type = Take(1)[0];
            return (AttributeType)type switch
            {
                AttributeType.Empty => AttributeValue.Empty,
                AttributeType.String => AttributeValue.From(ReadText()),
                AttributeType.Bool => AttributeValue.From(Take(1)[0] != 0),
                AttributeType.Int64 => AttributeValue.From(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)))),
                AttributeType.Double => AttributeValue.From(BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)))),
                AttributeType.Bytes => AttributeValue.From(Take(ReadCount()).ToArray()),
                AttributeType.Array => ReadArray(depth),
                AttributeType.KeyValueList => ReadList(depth),
                _ => throw Bad($"type {type} is not known"),
            };
        }

        public readonly SegmentFormatException Bad(string what) => new(what, "an attribute's value", position);

        private AttributeValue ReadArray(int depth)
        {
            var items = new AttributeValue[ReadCount()];
            for (int i = 0; i < items.Length; i++)
                items[i] = Read(depth - 1);
            return AttributeValue.FromArray(items);
        }

        private AttributeValue ReadList(int depth)
        {
            var items = new KeyValue[ReadCount()];
            for (int i = 0; i < items.Length; i++)
                items[i] = new KeyValue(ReadText(), Read(depth - 1));
            return AttributeValue.FromKeyValues(new AttributeList(items));
        }

        private string ReadText() => Encoding.UTF8.GetString(Take(ReadCount()));

        // Whatever is counted takes a byte each at least, so what is left bounds what is allocated for it.
        private int ReadCount() =>
            Varint.TryRead(bytes, ref position, out ulong count) && count <= (ulong)(bytes.Length - position) ? (int)count : throw Bad("a count is no number or more than what is left");

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > bytes.Length - position)
                throw Bad("the value ends early");
            ReadOnlySpan<byte> taken = bytes.Slice(position, count);
            position += count;
            return taken;
        }
    }
}
