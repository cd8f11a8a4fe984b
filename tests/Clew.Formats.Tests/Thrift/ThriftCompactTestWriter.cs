using System.Buffers.Binary;
using Clew.Formats.Thrift;

namespace Clew.Formats.Tests.Thrift;

internal sealed class ThriftCompactTestWriter : ThriftTestWriter
{
    private readonly Stack<short> outerFieldIds = new();
    private short lastFieldId;

    public override void Message(string method, int type, Action arguments)
    {
        WriteByte(0x82);
        WriteByte((byte)(1 | (type << 5)));
        Varint(300);
        String(method);
        arguments();
    }

    public override void Int16(short value) => Int64(value);

    public override void Int32(int value) => Int64(value);

    public override void Int64(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public override void Double(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        WriteBytes(bytes);
    }

    public override void Binary(byte[] value)
    {
        Varint((ulong)value.Length);
        WriteBytes(value);
    }

    public override void BoolElement(bool value) => WriteByte(value ? (byte)1 : (byte)2);

    public override void WriteListHeader(int count, ThriftType elementType)
    {
        WriteByte((byte)((Math.Min(count, 15) << 4) | Code(elementType)));
        if (count >= 15)
            Varint((ulong)count);
    }

    public override void WriteMapHeader(int count, ThriftType keyType, ThriftType valueType)
    {
        Varint((ulong)count);
        if (count > 0)
            WriteByte((byte)((Code(keyType) << 4) | Code(valueType)));
    }

    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            WriteByte((byte)(value | 0x80));
        WriteByte((byte)value);
    }

    protected override void BeginStruct()
    {
        outerFieldIds.Push(lastFieldId);
        lastFieldId = 0;
    }

    protected override void EndStruct() => lastFieldId = outerFieldIds.Pop();

    protected override void WriteFieldHeader(TestField field)
    {
        int code = field.Type == ThriftType.Bool && !field.Bool ? 2 : Code(field.Type);
        int delta = field.Id - lastFieldId;
        if (delta is > 0 and < 16)
        {
            WriteByte((byte)((delta << 4) | code));
        }
        else
        {
            WriteByte((byte)code);
            Int32(field.Id);
        }
        lastFieldId = field.Id;
    }

    private static int Code(ThriftType type) => type switch
    {
        ThriftType.Bool => 1,
        ThriftType.Byte => 3,
        ThriftType.I16 => 4,
        ThriftType.I32 => 5,
        ThriftType.I64 => 6,
        ThriftType.Double => 7,
        ThriftType.Binary => 8,
        ThriftType.List => 9,
        ThriftType.Set => 10,
        ThriftType.Map => 11,
        ThriftType.Struct => 12,
        ThriftType.Uuid => 13,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
