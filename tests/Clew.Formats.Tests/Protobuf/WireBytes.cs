namespace Clew.Formats.Tests.Protobuf;

/// <summary>Builds wire bytes piece by piece, independently of the product's writer, so that tests can say exactly what is on the wire.</summary>
internal static class WireBytes
{
    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    public static byte[] Tag(int field, int wireType) => Varint((ulong)((uint)field << 3 | (uint)wireType));

    public static byte[] VarintField(int field, ulong value) => [.. Tag(field, 0), .. Varint(value)];

    public static byte[] Fixed64Field(int field, ulong value) => [.. Tag(field, 1), .. BitConverter.GetBytes(value)];

    public static byte[] Fixed32Field(int field, uint value) => [.. Tag(field, 5), .. BitConverter.GetBytes(value)];

    /// <summary>A submessage, string or bytes field of the given content.</summary>
    public static byte[] Field(int field, params byte[][] content)
    {
        byte[] bytes = [.. content.SelectMany(part => part)];
        return [.. Tag(field, 2), .. Varint((ulong)bytes.Length), .. bytes];
    }

    public static byte[] Field(int field, string text) => Field(field, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A group, which proto3 does not write but old senders of unknown fields may.</summary>
    public static byte[] Group(int field, params byte[][] content) => [.. Tag(field, 3), .. content.SelectMany(part => part), .. Tag(field, 4)];
}
