using System.Buffers.Binary;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// TCompactProtocol (Thrift specification, "Thrift Compact protocol encoding"): zigzag integers of variable length, field ids as differences,
/// the value of a bool field inside its header.
/// </summary>
internal struct ThriftCompactWriter(PooledBuffer buffer) : IThriftWriter
{
    private const byte TypeTrue = 1;
    private const byte TypeFalse = 2;
    private const byte TypeInt32 = 5;
    private const byte TypeInt64 = 6;
    private const byte TypeDouble = 7;
    private const byte TypeBinary = 8;
    private const byte TypeList = 9;
    private const byte TypeStruct = 12;

    // The protocol's id; then version 1 and, in the upper three bits, the type, ONEWAY (4).
    private const byte ProtocolId = 0x82;
    private const byte OnewayVersion = 0x81;

    private short lastFieldId;

    /// <summary>Begins a call of a method, whose arguments follow as a struct.</summary>
    public readonly void Message(ReadOnlySpan<byte> method)
    {
        buffer.WriteByte(ProtocolId);
        buffer.WriteByte(OnewayVersion);
        WriteVarint(0);
        WriteVarint((ulong)method.Length);
        buffer.Write(method);
    }

    public short BeginStruct()
    {
        short outer = lastFieldId;
        lastFieldId = 0;
        return outer;
    }

    public void EndStruct(short outer)
    {
        buffer.WriteByte(0);
        lastFieldId = outer;
    }

    public void StructField(short id) => Header(TypeStruct, id);

    public void TextField(short id, string value)
    {
        Header(TypeBinary, id);
        int length = System.Text.Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)length);
        buffer.Advance(System.Text.Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }

    public void BytesField(short id, ReadOnlySpan<byte> value)
    {
        Header(TypeBinary, id);
        WriteVarint((ulong)value.Length);
        buffer.Write(value);
    }

    public void Int32Field(short id, int value)
    {
        Header(TypeInt32, id);
        WriteVarint((uint)((value << 1) ^ (value >> 31)));
    }

    public void Int64Field(short id, long value)
    {
        Header(TypeInt64, id);
        WriteVarint((ulong)((value << 1) ^ (value >> 63)));
    }

    /// <summary>Little endian, as every implementation writes it.</summary>
    public void DoubleField(short id, double value)
    {
        Header(TypeDouble, id);
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(sizeof(double)), value);
        buffer.Advance(sizeof(double));
    }

    public void BoolField(short id, bool value) => Header(value ? TypeTrue : TypeFalse, id);

    public void StructListField(short id, int count)
    {
        Header(TypeList, id);
        // Up to 14 the count fits beside the type; 15 says that it follows.
        if (count < 15)
        {
            buffer.WriteByte((byte)((count << 4) | TypeStruct));
            return;
        }
        buffer.WriteByte(0xF0 | TypeStruct);
        WriteVarint((ulong)count);
    }

    // Fields are written by rising id, at most 11: the difference always fits the header.
    private void Header(byte type, short id)
    {
        buffer.WriteByte((byte)(((id - lastFieldId) << 4) | type));
        lastFieldId = id;
    }

    private readonly void WriteVarint(ulong value)
    {
        Span<byte> bytes = buffer.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        buffer.Advance(length);
    }
}
