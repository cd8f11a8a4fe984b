using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Thrift;

/// <summary>Reads TBinaryProtocol (Thrift specification, "Thrift Binary protocol encoding"): fixed-size big-endian numbers.</summary>
internal ref struct ThriftBinaryReader(ReadOnlySpan<byte> payload) : IThriftReader
{
    private const uint VersionMask = 0xFFFF_0000;
    private const uint Version1 = 0x8001_0000;

    private readonly ReadOnlySpan<byte> payload = payload;
    private int position;

    public readonly int Position => position;

    public readonly int Remaining => payload.Length - position;

    /// <summary>Both envelopes: the strict one starts with a version, the old one with the length of the method's name.</summary>
    public ThriftMessage ReadMessage()
    {
        int first = ReadInt32("the message header");
        Utf8Slice method;
        int type;
        if (first < 0)
        {
            if (((uint)first & VersionMask) != Version1)
                ThriftErrors.Envelope($"0x{first:x8} is not the header of a Thrift binary message", 0);
            type = first & 0xFF;
            method = ReadBinary("the method name");
        }
        else
        {
            method = ReadBytes(first, "the method name");
            type = ReadByte("the message type");
        }
        ReadInt32("the sequence id");
        return new ThriftMessage(method, type);
    }

    public readonly short BeginStruct() => 0;

    public readonly void EndStruct(short outer)
    {
    }

    public bool NextField(string structName, out ThriftField field)
    {
        var type = (ThriftType)ReadByte(structName);
        field = new ThriftField(type == ThriftType.Stop ? (short)0 : ReadInt16(structName), type);
        return type != ThriftType.Stop;
    }

    public bool ReadBool(string what) => ReadByte(what) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte(string what) => Take(1, what)[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public short ReadInt16(string what) => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short), what));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int), what));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64(string what) => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long), what));

    public double ReadDouble(string what) => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double), what));

    public Utf8Slice ReadBinary(string what) => ReadBytes(ReadInt32(what), what);

    public int ReadListHeader(string what, out ThriftType elementType)
    {
        elementType = (ThriftType)ReadByte(what);
        return CheckSize(ReadInt32(what), Remaining, what);
    }

    public int ReadMapHeader(string what, out ThriftType keyType, out ThriftType valueType)
    {
        keyType = (ThriftType)ReadByte(what);
        valueType = (ThriftType)ReadByte(what);
        return CheckSize(ReadInt32(what), Remaining / 2, what);
    }

    public void Advance(int bytes, string what) => Take(bytes, what);

    private Utf8Slice ReadBytes(int length, string what)
    {
        CheckSize(length, Remaining, what);
        var slice = new Utf8Slice(position, length);
        position += length;
        return slice;
    }

    private readonly int CheckSize(int size, int max, string what)
    {
        if ((uint)size > (uint)max)
            ThriftErrors.Size(what, size, Remaining, position);
        return size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int bytes, string what)
    {
        if (payload.Length - position < bytes)
            ThriftErrors.Truncated(what, position);
        ReadOnlySpan<byte> taken = payload.Slice(position, bytes);
        position += bytes;
        return taken;
    }
}
