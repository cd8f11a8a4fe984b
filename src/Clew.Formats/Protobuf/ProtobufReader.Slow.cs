using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Protobuf;

/// <summary>The rare paths: long varints, unknown fields, errors.</summary>
internal ref partial struct ProtobufReader
{
    // 64 bits in groups of 7.
    private const int VarintBytesMax = 10;

    // Field numbers have 29 bits, so a tag has 32 and no tag is longer than 5 bytes.
    private const int TagBytesMax = 5;

    /// <summary>
    /// Steps over the value of the tag just read when the schema does not have its field; a field it does have came here because
    /// of its wire type and is refused.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void SkipUnknown(ProtobufMessage message)
    {
        if (message.Knows(tag >> 3))
            throw Error($"wire type {tag & 7} does not fit {message.Describe(tag >> 3)}", position);
        SkipValue(message, tag, depth: 1);
    }

    /// <summary>Refuses the field just read.</summary>
    [DoesNotReturn]
    public readonly void ThrowInvalid(ProtobufMessage message, string what) =>
        throw Error($"{what} in {message.Describe(tag >> 3)}", position);

    private void SkipValue(ProtobufMessage message, uint valueTag, int depth)
    {
        if (valueTag >> 3 == 0)
            throw Error($"field number 0 in {message.Describe(0)}", position);
        switch (valueTag & 7)
        {
            case WireType.Varint:
                ReadVarint(message);
                break;
            case WireType.Fixed64:
                ReadFixed64(message);
                break;
            case WireType.LengthDelimited:
                int length = ReadLength(message);
                position += length;
                break;
            case WireType.Fixed32:
                ReadFixed32(message);
                break;
            case WireType.StartGroup:
                SkipGroup(message, valueTag >> 3, depth);
                break;
            case WireType.EndGroup:
                throw Error($"end of a group that was not begun in {message.Describe(valueTag >> 3)}", position);
            default:
                throw Error($"wire type {valueTag & 7}, which does not exist, in {message.Describe(valueTag >> 3)}", position);
        }
    }

    private void SkipGroup(ProtobufMessage message, uint fieldNumber, int depth)
    {
        if (depth > depthMax)
            throw new SpanLimitException(nameof(SpanBatchLimits.DepthMax), depthMax, position);
        int start = position;
        while (true)
        {
            uint inner = ReadTag(message);
            if (inner == 0)
                throw Error($"group without an end in {message.Describe(fieldNumber)}", start);
            if ((inner & 7) != WireType.EndGroup)
                SkipValue(message, inner, depth + 1);
            else if (inner >> 3 == fieldNumber)
                return;
            else
                throw Error($"group ended by field number {inner >> 3} in {message.Describe(fieldNumber)}", position);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ReadTagSlow(ProtobufMessage message)
    {
        if (position == window.Length)
            return 0;
        // A failure within the tag is not yet about any field.
        tag = 0;
        int start = position;
        ulong value = ReadVarintSlow(message);
        if (value > uint.MaxValue || position - start > TagBytesMax)
            throw Error($"tag of more than 32 bits in {message.Describe(0)}", start);
        if (value == 0)
            throw Error($"field number 0 in {message.Describe(0)}", start);
        return tag = (uint)value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadVarintSlow(ProtobufMessage message)
    {
        ReadOnlySpan<byte> bytes = window[position..];
        ulong value = 0;
        for (int i = 0; i < bytes.Length && i < VarintBytesMax; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                // Of the tenth byte only one bit has room.
                if (i == VarintBytesMax - 1 && bytes[i] > 1)
                    break;
                position += i + 1;
                return value;
            }
        }
        throw bytes.Length < VarintBytesMax
            ? Error($"truncated varint in {message.Describe(tag >> 3)}", position)
            : Error($"varint of more than 64 bits in {message.Describe(tag >> 3)}", position);
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowTruncated(ProtobufMessage message, int at, int wanted) =>
        throw Error($"{wanted} bytes wanted but {window.Length - at} left in {message.Describe(tag >> 3)}", at);

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowTooLong(ProtobufMessage message, int lengthAt, ulong length) =>
        throw Error($"length {length} with {window.Length - position} bytes left in {message.Describe(tag >> 3)}", lengthAt);

    private static SpanFormatException Error(string reason, int offset) => new(reason, offset);
}
