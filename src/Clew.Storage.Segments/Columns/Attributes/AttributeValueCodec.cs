using System.Buffers;
using Clew.Model;

namespace Clew.Storage.Segments;

/// <summary>
/// An attribute value as bytes: the type (1 byte), then for strings and bytes a length (varint) and the bytes, for booleans 1 byte, for numbers 8, for arrays
/// the number of items (varint) and the items, for lists the number of entries and for each its key (as a string without the type) and value. Equal values have
/// equal bytes.
/// </summary>
internal static partial class AttributeValueCodec
{
    /// <summary>Arrays and lists within each other; every decoder of a sender's format allows fewer.</summary>
    public const int DepthMax = 128;

    public static void Write(IBufferWriter<byte> output, AttributeValue value)
    {
        output.WriteByte((byte)value.Type);
        switch (value.Type)
        {
            case AttributeType.String:
                output.WriteText(value.AsString());
                break;
            case AttributeType.Bytes:
                output.WriteBytes(value.AsBytes().Span);
                break;
            case AttributeType.Bool:
                output.WriteByte(value.AsBool() ? (byte)1 : (byte)0);
                break;
            case AttributeType.Int64:
                output.WriteInt64(value.AsInt64());
                break;
            case AttributeType.Double:
                output.WriteInt64(BitConverter.DoubleToInt64Bits(value.AsDouble()));
                break;
            case AttributeType.Array:
                output.WriteVarint((ulong)value.AsArray().Count);
                foreach (AttributeValue item in value.AsArray())
                    Write(output, item);
                break;
            case AttributeType.KeyValueList:
                WriteEntries(output, value.AsKeyValues());
                break;
        }
    }

    /// <summary>The number of attributes, and of each its key and value.</summary>
    public static void WriteEntries(IBufferWriter<byte> output, AttributeList attributes)
    {
        output.WriteVarint((ulong)attributes.Count);
        foreach (KeyValue item in attributes.AsSpan())
        {
            output.WriteText(item.Key);
            Write(output, item.Value);
        }
    }

    /// <exception cref="SegmentFormatException">The bytes are not one whole value.</exception>
    public static AttributeValue Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes, "an attribute's value");
        AttributeValue value = reader.ReadValue();
        reader.ExpectEnd();
        return value;
    }
}
