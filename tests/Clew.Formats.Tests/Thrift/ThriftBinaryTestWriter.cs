using System.Buffers.Binary;
using System.Text;
using Clew.Formats.Thrift;

namespace Clew.Formats.Tests.Thrift;

internal sealed class ThriftBinaryTestWriter : ThriftTestWriter
{
    /// <summary>The envelope without a version, as very old clients write it.</summary>
    public bool OldEnvelope { get; init; }

    public override void Message(string method, int type, Action arguments)
    {
        if (OldEnvelope)
        {
            String(method);
            WriteByte((byte)type);
        }
        else
        {
            Int32(unchecked((int)0x8001_0000) | type);
            Binary(Encoding.UTF8.GetBytes(method));
        }
        Int32(7);
        arguments();
    }

    public override void Int16(short value) => Write<short>(2, value, BinaryPrimitives.WriteInt16BigEndian);

    public override void Int32(int value) => Write<int>(4, value, BinaryPrimitives.WriteInt32BigEndian);

    public override void Int64(long value) => Write<long>(8, value, BinaryPrimitives.WriteInt64BigEndian);

    public override void Double(double value) => Write<double>(8, value, BinaryPrimitives.WriteDoubleBigEndian);

    public override void Binary(byte[] value)
    {
        Int32(value.Length);
        WriteBytes(value);
    }

    public override void BoolElement(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public override void WriteListHeader(int count, ThriftType elementType)
    {
        WriteByte((byte)elementType);
        Int32(count);
    }

    public override void WriteMapHeader(int count, ThriftType keyType, ThriftType valueType)
    {
        WriteByte((byte)keyType);
        WriteByte((byte)valueType);
        Int32(count);
    }

    protected override void BeginStruct()
    {
    }

    protected override void EndStruct()
    {
    }

    protected override void WriteFieldHeader(TestField field)
    {
        WriteByte((byte)field.Type);
        Write<short>(2, field.Id, BinaryPrimitives.WriteInt16BigEndian);
        if (field.Type == ThriftType.Bool)
            BoolElement(field.Bool);
    }

    private void Write<T>(int size, T value, WriteNumber<T> write)
    {
        Span<byte> bytes = stackalloc byte[size];
        write(bytes, value);
        WriteBytes(bytes);
    }

    private delegate void WriteNumber<T>(Span<byte> destination, T value);
}
