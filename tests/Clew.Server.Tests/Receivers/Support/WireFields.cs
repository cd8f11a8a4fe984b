using System.Buffers.Binary;
using System.Text;

namespace Clew.Server.Tests.Receivers.Support;

/// <summary>The fields of a protobuf message, read without knowing its schema.</summary>
internal sealed class WireFields
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> fields = [];

    public WireFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            ulong tag = Varint(ref message);
            int field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref message), []));
                    break;
                case 1:
                    fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    int length = (int)Varint(ref message);
                    fields.Add((field, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
            }
        }
    }

    public string[] Texts(int field) => [.. Blobs(field).Select(Encoding.UTF8.GetString)];

    public WireFields[] Messages(int field) => [.. Blobs(field).Select(bytes => new WireFields(bytes))];

    public IEnumerable<byte[]> Blobs(int field) => fields.Where(item => item.Field == field).Select(item => item.Bytes);

    /// <summary>0 when absent.</summary>
    public ulong Number(int field) => fields.LastOrDefault(item => item.Field == field).Number;

    public string Text(int field) => Texts(field).LastOrDefault("");

    /// <summary>The messages of an answer as gRPC frames them.</summary>
    public static byte[][] Frames(ReadOnlySpan<byte> body)
    {
        var messages = new List<byte[]>();
        while (!body.IsEmpty)
        {
            Assert.Equal(0, body[0]);
            int length = BinaryPrimitives.ReadInt32BigEndian(body[1..]);
            messages.Add(body.Slice(5, length).ToArray());
            body = body[(5 + length)..];
        }
        return [.. messages];
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }
}
