using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Clew.Formats.Protobuf;

/// <summary>
/// Writes protobuf's wire format into one pooled buffer. A submessage's length is known only at its end: one byte is set
/// aside for it, and the content moves when it needs more, which costs a copy of long messages but no pass to measure them.
/// Tags are written whole, so the wire type is the caller's choice of constant.
/// </summary>
internal sealed class ProtobufWriter : IDisposable
{
    private const int VarintBytesMax = 10;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int length;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Begins a submessage; what it returns is for <see cref="EndMessage"/>.</summary>
    public int BeginMessage(uint tag)
    {
        Varint(tag);
        Reserve(1);
        return ++length;
    }

    public void EndMessage(int start)
    {
        int bytes = length - start;
        int lengthBytes = VarintSize((ulong)bytes);
        if (lengthBytes > 1)
        {
            Reserve(lengthBytes - 1);
            buffer.AsSpan(start, bytes).CopyTo(buffer.AsSpan(start + lengthBytes - 1));
        }
        WriteVarint(buffer.AsSpan(start - 1), (ulong)bytes);
        length += lengthBytes - 1;
    }

    public void WriteVarint(uint tag, ulong value)
    {
        Varint(tag);
        Varint(value);
    }

    public void WriteFixed32(uint tag, uint value)
    {
        Varint(tag);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);
        length += sizeof(uint);
    }

    public void WriteFixed64(uint tag, ulong value)
    {
        Varint(tag);
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        length += sizeof(ulong);
    }

    public void WriteBytes(uint tag, ReadOnlySpan<byte> value)
    {
        Varint(tag);
        Varint((ulong)value.Length);
        value.CopyTo(Reserve(value.Length));
        length += value.Length;
    }

    /// <summary>Lone surrogates, which have no UTF-8 form, are written as U+FFFD.</summary>
    public void WriteString(uint tag, string value)
    {
        int start = BeginMessage(tag);
        length += Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetMaxByteCount(value.Length)));
        EndMessage(start);
    }

    private void Varint(ulong value) => length += WriteVarint(Reserve(VarintBytesMax), value);

    private static int WriteVarint(Span<byte> destination, ulong value)
    {
        int i = 0;
        for (; value >= 0x80; value >>= 7)
            destination[i++] = (byte)(value | 0x80);
        destination[i++] = (byte)value;
        return i;
    }

    private static int VarintSize(ulong value)
    {
        int size = 1;
        for (; value >= 0x80; value >>= 7)
            size++;
        return size;
    }

    private Span<byte> Reserve(int bytes)
    {
        if (buffer.Length - length < bytes)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(buffer.Length * 2L, (long)length + bytes)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer.AsSpan(length);
    }
}
