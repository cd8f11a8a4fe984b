using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;

namespace Clew.Formats.Thrift;

/// <summary>Writes TCompactProtocol; see <see cref="ThriftCompactReader"/>.</summary>
internal sealed class ThriftCompactWriter(IBufferWriter<byte> output) : ThriftWriter(output)
{
    private const byte ProtocolId = 0x82;
    private const int Version = 1;
    private const int CodeTrue = 1;
    private const int CodeFalse = 2;

    // A list of fewer elements has its length in the header's upper half.
    private const int LongList = 15;

    private readonly IBufferWriter<byte> output = output;
    private short lastFieldId;

    public override void OnewayMessage(string method)
    {
        Byte(ProtocolId);
        Byte((byte)(ThriftMessage.Oneway << 5 | Version));
        Varint(0);
        Text(method);
    }

    public override short BeginStruct()
    {
        short outer = lastFieldId;
        lastFieldId = 0;
        return outer;
    }

    public override void EndStruct(short outer)
    {
        Byte(0);
        lastFieldId = outer;
    }

    public override void Field(short id, ThriftType type) => Header(id, CodeOf(type));

    public override void BoolField(short id, bool value) => Header(id, value ? CodeTrue : CodeFalse);

    public override void Int32(int value) => Varint((uint)(value << 1 ^ value >> 31));

    public override void Int64(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    public override void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    public override void ListHeader(ThriftType elementType, int count)
    {
        Byte((byte)(Math.Min(count, LongList) << 4 | CodeOf(elementType)));
        if (count >= LongList)
            Varint((uint)count);
    }

    protected override void Length(int bytes) => Varint((uint)bytes);

    // The fields of Jaeger's structs are written in ascending order and number less than 16, so a difference always fits.
    private void Header(short id, int code)
    {
        Debug.Assert(id - lastFieldId is > 0 and < 16);
        Byte((byte)((id - lastFieldId) << 4 | code));
        lastFieldId = id;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private static int CodeOf(ThriftType type) => type switch
    {
        ThriftType.I32 => 5,
        ThriftType.I64 => 6,
        ThriftType.Double => 7,
        ThriftType.Binary => 8,
        ThriftType.List => 9,
        ThriftType.Struct => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Jaeger's structs have no field of this type."),
    };
}
