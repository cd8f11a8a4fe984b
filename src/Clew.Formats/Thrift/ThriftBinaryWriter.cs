using System.Buffers;
using System.Buffers.Binary;

namespace Clew.Formats.Thrift;

/// <summary>Writes TBinaryProtocol with the strict envelope; see <see cref="ThriftBinaryReader"/>.</summary>
internal sealed class ThriftBinaryWriter(IBufferWriter<byte> output) : ThriftWriter(output)
{
    private const uint Version1 = 0x8001_0000;

    private readonly IBufferWriter<byte> output = output;

    public override void OnewayMessage(string method)
    {
        Int32(unchecked((int)(Version1 | ThriftMessage.Oneway)));
        Text(method);
        Int32(0);
    }

    public override short BeginStruct() => 0;

    public override void EndStruct(short outer) => Byte((byte)ThriftType.Stop);

    public override void Field(short id, ThriftType type)
    {
        Byte((byte)type);
        BinaryPrimitives.WriteInt16BigEndian(output.GetSpan(sizeof(short)), id);
        output.Advance(sizeof(short));
    }

    public override void BoolField(short id, bool value)
    {
        Field(id, ThriftType.Bool);
        Byte(value ? (byte)1 : (byte)0);
    }

    public override void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }

    public override void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    public override void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public override void ListHeader(ThriftType elementType, int count)
    {
        Byte((byte)elementType);
        Int32(count);
    }

    protected override void Length(int bytes) => Int32(bytes);
}
