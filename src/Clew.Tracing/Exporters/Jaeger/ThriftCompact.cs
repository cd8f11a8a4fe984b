using System.Buffers.Binary;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Jaeger;

/// <summary>
/// TCompactProtocol (Thrift specification, "Thrift Compact protocol encoding"): zigzag integers of variable length, field ids as differences,
/// the value of a bool field inside its header.
/// </summary>
internal readonly struct ThriftCompact : IThriftProtocol
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

    /// <summary>Begins a call of a method, whose arguments follow as a struct.</summary>
    public static void Message(PooledBuffer buffer, ReadOnlySpan<byte> method)
    {
        // Sequence number 0, then the name's length, which takes one byte up to 127.
        buffer.Write([ProtocolId, OnewayVersion, 0, (byte)method.Length]);
        buffer.Write(method);
    }

    public static int Text(Span<byte> to, int at, int id, int after, string value)
    {
        at = Header(to, at, TypeBinary, id, after);
        // Text is nearly always ASCII: its length is written after it, and only a text that takes more bytes may have to move.
        int guessed = VarintBytes((uint)value.Length);
        int length = Utf8Text.Write(to, at + guessed, value);
        int actual = VarintBytes((uint)length);
        if (actual != guessed)
            to.Slice(at + guessed, length).CopyTo(to[(at + actual)..]);
        return Varint(to, at, (uint)length) + length;
    }

    public static int Bytes(Span<byte> to, int at, int id, int after, ReadOnlySpan<byte> value)
    {
        at = Varint(to, Header(to, at, TypeBinary, id, after), (uint)value.Length);
        value.CopyTo(to[at..]);
        return at + value.Length;
    }

    public static int Int32(Span<byte> to, int at, int id, int after, int value) =>
        Varint(to, Header(to, at, TypeInt32, id, after), (uint)((value << 1) ^ (value >> 31)));

    public static int Int64(Span<byte> to, int at, int id, int after, long value) =>
        Varint(to, Header(to, at, TypeInt64, id, after), (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Little endian, as every implementation writes it.</summary>
    public static int Double(Span<byte> to, int at, int id, int after, double value)
    {
        at = Header(to, at, TypeDouble, id, after);
        BinaryPrimitives.WriteDoubleLittleEndian(to[at..], value);
        return at + sizeof(double);
    }

    public static int Bool(Span<byte> to, int at, int id, int after, bool value) => Header(to, at, value ? TypeTrue : TypeFalse, id, after);

    public static int Struct(Span<byte> to, int at, int id, int after) => Header(to, at, TypeStruct, id, after);

    public static int StructList(Span<byte> to, int at, int id, int after, int count)
    {
        at = Header(to, at, TypeList, id, after);
        // Up to 14 the count fits beside the type; 15 says that it follows.
        to[at] = (byte)((Math.Min(count, 15) << 4) | TypeStruct);
        return count < 15 ? at + 1 : Varint(to, at + 1, (uint)count);
    }

    // Fields are written by rising id, at most 11: the difference always fits the header.
    private static int Header(Span<byte> to, int at, byte type, int id, int after)
    {
        to[at] = (byte)(((id - after) << 4) | type);
        return at + 1;
    }

    private static int VarintBytes(uint value) => 1 + ((31 - (int)uint.LeadingZeroCount(value | 1)) / 7);

    private static int Varint(Span<byte> to, int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to[at++] = (byte)(value | 0x80);
        to[at++] = (byte)value;
        return at;
    }
}
