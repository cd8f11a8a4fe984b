using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Clew.Server.Receivers;

/// <summary>Writes the few small protobuf messages that are answered over gRPC; fields with their default value are left out, as proto3 does.</summary>
internal static class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;

    public static void WriteInt64(this IBufferWriter<byte> writer, int field, long value)
    {
        if (value == 0)
            return;
        writer.WriteVarint(Tag(field, Varint));
        writer.WriteVarint((ulong)value);
    }

    public static void WriteFixed64(this IBufferWriter<byte> writer, int field, ulong value)
    {
        if (value == 0)
            return;
        writer.WriteVarint(Tag(field, Fixed64));
        BinaryPrimitives.WriteUInt64LittleEndian(writer.GetSpan(sizeof(ulong)), value);
        writer.Advance(sizeof(ulong));
    }

    public static void WriteDouble(this IBufferWriter<byte> writer, int field, double value)
    {
        if (value == 0)
            return;
        writer.WriteVarint(Tag(field, Fixed64));
        BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(sizeof(double)), value);
        writer.Advance(sizeof(double));
    }

    public static void WriteString(this IBufferWriter<byte> writer, int field, string value)
    {
        if (value.Length > 0)
            writer.WriteMessage(field, Encoding.UTF8.GetBytes(value));
    }

    public static void WriteMessage(this IBufferWriter<byte> writer, int field, ReadOnlySpan<byte> message)
    {
        writer.WriteVarint(Tag(field, LengthDelimited));
        writer.WriteVarint((ulong)message.Length);
        writer.Write(message);
    }

    private static ulong Tag(int field, int wireType) => (ulong)((field << 3) | wireType);

    private static void WriteVarint(this IBufferWriter<byte> writer, ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        writer.Write(bytes[..length]);
    }
}
