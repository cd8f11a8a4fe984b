using System.Buffers.Binary;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>TBinaryProtocol (Thrift specification, "Thrift Binary protocol encoding"): everything big endian and of fixed width.</summary>
internal readonly struct ThriftBinaryWriter(PooledBuffer buffer) : IThriftWriter
{
    private const byte TypeBool = 2;
    private const byte TypeDouble = 4;
    private const byte TypeInt32 = 8;
    private const byte TypeInt64 = 10;
    private const byte TypeBinary = 11;
    private const byte TypeStruct = 12;
    private const byte TypeList = 15;

    public short BeginStruct() => 0;

    public void EndStruct(short outer) => buffer.WriteByte(0);

    public void StructField(short id) => Header(TypeStruct, id);

    public void TextField(short id, string value)
    {
        Header(TypeBinary, id);
        int length = System.Text.Encoding.UTF8.GetByteCount(value);
        WriteInt32(length);
        buffer.Advance(System.Text.Encoding.UTF8.GetBytes(value, buffer.GetSpan(length)));
    }

    public void BytesField(short id, ReadOnlySpan<byte> value)
    {
        Header(TypeBinary, id);
        WriteInt32(value.Length);
        buffer.Write(value);
    }

    public void Int32Field(short id, int value)
    {
        Header(TypeInt32, id);
        WriteInt32(value);
    }

    public void Int64Field(short id, long value)
    {
        Header(TypeInt64, id);
        WriteInt64(value);
    }

    public void DoubleField(short id, double value)
    {
        Header(TypeDouble, id);
        WriteInt64(BitConverter.DoubleToInt64Bits(value));
    }

    public void BoolField(short id, bool value)
    {
        Header(TypeBool, id);
        buffer.WriteByte(value ? (byte)1 : (byte)0);
    }

    public void StructListField(short id, int count)
    {
        Header(TypeList, id);
        buffer.WriteByte(TypeStruct);
        WriteInt32(count);
    }

    private void Header(byte type, short id)
    {
        Span<byte> bytes = buffer.GetSpan(3);
        bytes[0] = type;
        BinaryPrimitives.WriteInt16BigEndian(bytes[1..], id);
        buffer.Advance(3);
    }

    private void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    private void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }
}
