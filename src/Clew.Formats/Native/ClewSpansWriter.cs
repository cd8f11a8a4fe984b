using System.Buffers;
using System.Buffers.Binary;
using Clew.Model;

namespace Clew.Formats.Native;

/// <summary>What <see cref="ClewSpansEncoder"/> is made of.</summary>
internal readonly struct ClewSpansWriter(IBufferWriter<byte> output, SpanBatch batch)
{
    private const int VarintBytesMax = 10;

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Varint(ulong value)
    {
        Span<byte> destination = output.GetSpan(VarintBytesMax);
        int at = 0;
        for (; value >= 0x80; value >>= 7)
            destination[at++] = (byte)(value | 0x80);
        destination[at++] = (byte)value;
        output.Advance(at);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    public void Id(TraceId id)
    {
        id.WriteBytes(output.GetSpan(16));
        output.Advance(16);
    }

    public void Id(SpanId id)
    {
        id.WriteBytes(output.GetSpan(8));
        output.Advance(8);
    }

    /// <summary>The length and the bytes.</summary>
    public void Bytes(Utf8Slice slice)
    {
        Varint((ulong)slice.Length);
        output.Write(batch.Bytes(slice));
    }

    /// <summary>Their number, and of each key and value.</summary>
    public void Attributes(ReadOnlySpan<AttributeRow> rows)
    {
        Varint((ulong)rows.Length);
        foreach (ref readonly AttributeRow row in rows)
        {
            Bytes(row.Key);
            Value(row);
        }
    }

    private void Value(in AttributeRow row)
    {
        Byte((byte)row.Type);
        switch (row.Type)
        {
            case AttributeType.String or AttributeType.Bytes:
                Bytes(row.Slice);
                break;
            case AttributeType.Bool:
                Byte(row.Bool ? (byte)1 : (byte)0);
                break;
            case AttributeType.Int64 or AttributeType.Double:
                Int64(row.Int64);
                break;
            case AttributeType.Array:
                Varint((ulong)row.Items.Count);
                foreach (ref readonly AttributeRow item in batch.Elements.Slice(row.Items))
                    Value(item);
                break;
            case AttributeType.KeyValueList:
                Attributes(batch.Elements.Slice(row.Items));
                break;
        }
    }
}
