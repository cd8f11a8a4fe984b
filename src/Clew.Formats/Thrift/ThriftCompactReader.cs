using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Thrift;

/// <summary>
/// Reads TCompactProtocol (Thrift specification, "Thrift Compact protocol encoding"): variable-length zigzag integers, field
/// ids as differences, the value of a bool field inside its header.
/// </summary>
internal ref struct ThriftCompactReader(ReadOnlySpan<byte> payload) : IThriftReader
{
    private const byte ProtocolId = 0x82;
    private const int Version = 1;
    private const int CodeTrue = 1;
    private const int CodeFalse = 2;

    private readonly ReadOnlySpan<byte> payload = payload;
    private int position;
    private short lastFieldId;

    // The code of a bool field's header, which is its value; 0 when the next bool has a byte of its own (an element of a list).
    private int boolCode;

    public readonly int Position => position;

    public readonly int Remaining => payload.Length - position;

    public ThriftMessage ReadMessage()
    {
        byte protocol = ReadByte("the message header");
        byte versionAndType = ReadByte("the message header");
        if (protocol != ProtocolId || (versionAndType & 0x1F) != Version)
            ThriftErrors.Envelope($"0x{protocol:x2}{versionAndType:x2} is not the header of a Thrift compact message", 0);
        ReadVarint32("the sequence id");
        return new ThriftMessage(ReadBinary("the method name"), versionAndType >> 5);
    }

    public short BeginStruct()
    {
        short outer = lastFieldId;
        lastFieldId = 0;
        return outer;
    }

    public void EndStruct(short outer) => lastFieldId = outer;

    public bool NextField(string structName, out ThriftField field)
    {
        byte header = ReadByte(structName);
        if (header == 0)
        {
            field = default;
            return false;
        }
        int delta = header >> 4;
        lastFieldId = delta == 0 ? ReadInt16(structName) : (short)(lastFieldId + delta);
        boolCode = header & 0x0F;
        field = new ThriftField(lastFieldId, TypeOf(boolCode, structName));
        return true;
    }

    /// <summary>The value of a field must be read directly after its header, where it stands.</summary>
    public bool ReadBool(string what)
    {
        int code = boolCode is CodeTrue or CodeFalse ? boolCode : ReadByte(what);
        boolCode = 0;
        return code == CodeTrue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte(string what)
    {
        if ((uint)position >= (uint)payload.Length)
            ThriftErrors.Truncated(what, position);
        return payload[position++];
    }

    public short ReadInt16(string what) => (short)ReadInt32(what);

    public int ReadInt32(string what)
    {
        uint value = ReadVarint32(what);
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public long ReadInt64(string what)
    {
        ulong value = ReadVarint64(what);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Little endian, as every implementation writes it.</summary>
    public double ReadDouble(string what)
    {
        int start = position;
        Advance(sizeof(double), what);
        return BinaryPrimitives.ReadDoubleLittleEndian(payload.Slice(start, sizeof(double)));
    }

    public Utf8Slice ReadBinary(string what)
    {
        int length = CheckSize(ReadVarint32(what), Remaining, what);
        var slice = new Utf8Slice(position, length);
        position += length;
        return slice;
    }

    public int ReadListHeader(string what, out ThriftType elementType)
    {
        byte header = ReadByte(what);
        uint count = (uint)header >> 4;
        if (count == 15)
            count = ReadVarint32(what);
        boolCode = 0;
        elementType = count == 0 ? ThriftType.Stop : TypeOf(header & 0x0F, what);
        return CheckSize(count, Remaining, what);
    }

    public int ReadMapHeader(string what, out ThriftType keyType, out ThriftType valueType)
    {
        uint count = ReadVarint32(what);
        boolCode = 0;
        keyType = valueType = ThriftType.Stop;
        if (count == 0)
            return 0;
        byte types = ReadByte(what);
        keyType = TypeOf(types >> 4, what);
        valueType = TypeOf(types & 0x0F, what);
        return CheckSize(count, Remaining / 2, what);
    }

    public void Advance(int bytes, string what)
    {
        if (Remaining < bytes)
            ThriftErrors.Truncated(what, position);
        position += bytes;
    }

    private readonly int CheckSize(uint size, int max, string what)
    {
        if (size > (uint)max)
            ThriftErrors.Size(what, size, Remaining, position);
        return (int)size;
    }

    // 64 bits take ten groups of seven, 32 bits five; bits beyond the width are dropped, as other readers do.
    private ulong ReadVarint64(string what)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = ReadByte(what);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        ThriftErrors.Varint(what, position);
        return 0;
    }

    private uint ReadVarint32(string what)
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = ReadByte(what);
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        ThriftErrors.Varint(what, position);
        return 0;
    }

    private readonly ThriftType TypeOf(int code, string what)
    {
        ReadOnlySpan<ThriftType> types =
        [
            ThriftType.Stop, ThriftType.Bool, ThriftType.Bool, ThriftType.Byte, ThriftType.I16, ThriftType.I32, ThriftType.I64, ThriftType.Double,
            ThriftType.Binary, ThriftType.List, ThriftType.Set, ThriftType.Map, ThriftType.Struct, ThriftType.Uuid,
        ];
        if ((uint)(code - 1) >= (uint)(types.Length - 1))
            ThriftErrors.UnknownType(what, code, position);
        return types[code];
    }
}
