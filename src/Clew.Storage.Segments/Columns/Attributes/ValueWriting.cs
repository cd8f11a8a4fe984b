using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Clew.Storage.Segments;

/// <summary>What encoded values and blobs are made of; <see cref="ValueReader"/> reads it.</summary>
internal static class ValueWriting
{
    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteVarint(this IBufferWriter<byte> output, ulong value) => output.Advance(Varint.Write(output.GetSpan(Varint.BytesMax), value));

    public static void WriteInt64(this IBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>The length and the bytes.</summary>
    public static void WriteBytes(this IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        output.WriteVarint((ulong)value.Length);
        output.Write(value);
    }

    /// <summary>The length and the bytes of a sender's text, made UTF-8 where it is not.</summary>
    public static void WriteText(this IBufferWriter<byte> output, ReadOnlySpan<byte> utf8) => output.WriteBytes(Utf8Text.Normalize(utf8));

    public static void WriteText(this IBufferWriter<byte> output, string text)
    {
        output.WriteVarint((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }
}
