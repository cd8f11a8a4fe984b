using System.Buffers.Binary;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>TBinaryProtocol (Thrift specification, "Thrift Binary protocol encoding"): everything big endian and of fixed width.</summary>
internal readonly struct ThriftBinary : IThriftProtocol
{
    private const byte TypeBool = 2;
    private const byte TypeDouble = 4;
    private const byte TypeInt32 = 8;
    private const byte TypeInt64 = 10;
    private const byte TypeBinary = 11;
    private const byte TypeStruct = 12;
    private const byte TypeList = 15;

    private const int HeaderBytes = 3;

    public static int Text(Span<byte> to, int at, int id, int after, string value)
    {
        at = Header(to, at, TypeBinary, id);
        int length = Utf8Text.Write(to, at + sizeof(int), value);
        BinaryPrimitives.WriteInt32BigEndian(to[at..], length);
        return at + sizeof(int) + length;
    }

    public static int Bytes(Span<byte> to, int at, int id, int after, ReadOnlySpan<byte> value)
    {
        at = Header(to, at, TypeBinary, id);
        BinaryPrimitives.WriteInt32BigEndian(to[at..], value.Length);
        value.CopyTo(to[(at + sizeof(int))..]);
        return at + sizeof(int) + value.Length;
    }

    public static int Int32(Span<byte> to, int at, int id, int after, int value)
    {
        at = Header(to, at, TypeInt32, id);
        BinaryPrimitives.WriteInt32BigEndian(to[at..], value);
        return at + sizeof(int);
    }

    public static int Int64(Span<byte> to, int at, int id, int after, long value)
    {
        at = Header(to, at, TypeInt64, id);
        BinaryPrimitives.WriteInt64BigEndian(to[at..], value);
        return at + sizeof(long);
    }

    public static int Double(Span<byte> to, int at, int id, int after, double value)
    {
        at = Header(to, at, TypeDouble, id);
        BinaryPrimitives.WriteDoubleBigEndian(to[at..], value);
        return at + sizeof(double);
    }

    public static int Bool(Span<byte> to, int at, int id, int after, bool value)
    {
        at = Header(to, at, TypeBool, id);
        to[at] = value ? (byte)1 : (byte)0;
        return at + 1;
    }

    public static int Struct(Span<byte> to, int at, int id, int after) => Header(to, at, TypeStruct, id);

    public static int StructList(Span<byte> to, int at, int id, int after, int count)
    {
        at = Header(to, at, TypeList, id);
        to[at] = TypeStruct;
        BinaryPrimitives.WriteInt32BigEndian(to[(at + 1)..], count);
        return at + 1 + sizeof(int);
    }

    private static int Header(Span<byte> to, int at, byte type, int id)
    {
        to[at] = type;
        BinaryPrimitives.WriteInt16BigEndian(to[(at + 1)..], (short)id);
        return at + HeaderBytes;
    }
}
