using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Protobuf;

/// <summary>
/// Reads protobuf's wire format from one contiguous payload. Positions are absolute, so what is read falls out as
/// <see cref="Utf8Slice"/>s of the payload. Nothing is allocated, whatever lengths the payload declares; every
/// failure is a <see cref="SpanFormatException"/> with the byte offset and the field that was being read.
/// </summary>
/// <remarks>
/// A message is read as <c>while ((tag = reader.ReadTag(message)) != 0) switch (tag) { … default: reader.SkipUnknown(message); }</c>,
/// where the cases are whole tags, so that a known field with a wrong wire type lands in the default and is refused there.
/// </remarks>
internal ref partial struct ProtobufReader
{
    private readonly ReadOnlySpan<byte> payload;
    private readonly int depthMax;

    // The payload up to the end of the message being read: its length is the only bound any read has to check.
    private ReadOnlySpan<byte> window;
    private int position;

    // The field being read, for errors.
    private uint tag;

    public ProtobufReader(ReadOnlySpan<byte> payload, int depthMax)
    {
        this.payload = payload;
        this.depthMax = depthMax;
        window = payload;
    }

    /// <summary>Offset in the payload of the next byte to read.</summary>
    public readonly int Position => position;

    /// <summary>What is left of the message being read: for fast paths that look ahead, and <see cref="Advance"/> when they have understood it.</summary>
    public readonly ReadOnlySpan<byte> Remaining
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => window[position..];
    }

    /// <summary>Steps over bytes seen in <see cref="Remaining"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int bytes)
    {
        Debug.Assert(bytes <= window.Length - position);
        position += bytes;
    }

    /// <summary>The next tag (field number and wire type), or 0 at the end of the message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadTag(ProtobufMessage message)
    {
        ReadOnlySpan<byte> bytes = window;
        int at = position;
        // One comparison takes tags of 1 to 127 and leaves the invalid 0 and the long ones to the slow path.
        if ((uint)at < (uint)bytes.Length && (uint)(bytes[at] - 1) < 0x7F)
        {
            position = at + 1;
            return tag = bytes[at];
        }
        return ReadTagSlow(message);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint(ProtobufMessage message)
    {
        ReadOnlySpan<byte> bytes = window;
        int at = position;
        if ((uint)at < (uint)bytes.Length && bytes[at] < 0x80)
        {
            position = at + 1;
            return bytes[at];
        }
        return ReadVarintSlow(message);
    }

    /// <summary>A <c>uint32</c>: as in every protobuf implementation, higher bits are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32(ProtobufMessage message) => (uint)ReadVarint(message);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadFixed32(ProtobufMessage message)
    {
        int at = position;
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(window[at..], out uint value))
            ThrowTruncated(message, at, sizeof(uint));
        position = at + sizeof(uint);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadFixed64(ProtobufMessage message)
    {
        int at = position;
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(window[at..], out ulong value))
            ThrowTruncated(message, at, sizeof(ulong));
        position = at + sizeof(ulong);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ReadDouble(ProtobufMessage message) => BitConverter.UInt64BitsToDouble(ReadFixed64(message));

    /// <summary>A <c>string</c> or <c>bytes</c> value, by where it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Utf8Slice ReadSlice(ProtobufMessage message)
    {
        int length = ReadLength(message);
        var slice = new Utf8Slice(position, length);
        position += length;
        return slice;
    }

    /// <summary>A <c>bytes</c> value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes(ProtobufMessage message)
    {
        int length = ReadLength(message);
        ReadOnlySpan<byte> bytes = window.Slice(position, length);
        position += length;
        return bytes;
    }

    /// <summary>Goes into a submessage. What it returns is for <see cref="Leave"/>, to be called when <see cref="ReadTag"/> has returned 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Enter(ProtobufMessage message)
    {
        int length = ReadLength(message);
        int outerEnd = window.Length;
        window = window[..(position + length)];
        return outerEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(int outerEnd) => window = payload[..outerEnd];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadLength(ProtobufMessage message)
    {
        int start = position;
        ulong length = ReadVarint(message);
        if (length > (ulong)(window.Length - position))
            ThrowTooLong(message, start, length);
        return (int)length;
    }
}
