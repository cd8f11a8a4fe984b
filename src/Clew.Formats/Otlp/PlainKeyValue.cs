using System.Buffers.Binary;
using Clew.Model;

namespace Clew.Formats.Otlp;

/// <summary>
/// A fast path for the form nearly every attribute has on the wire: under 128 bytes, the key before the value, each once, the value a
/// scalar. It recognises the form as a whole with a few comparisons instead of entering and leaving two messages; anything else,
/// broken input included, is left to the general path.
/// </summary>
internal static class PlainKeyValue
{
    // length, key tag, key length, (key), value tag, value length, (value)
    private const int KeyAt = 3;

    /// <param name="bytes">From the message's length on.</param>
    /// <param name="position">Where <paramref name="bytes"/> begins in the payload.</param>
    /// <param name="row">The attribute.</param>
    /// <returns>How many bytes it takes, 0 when it is of another form.</returns>
    public static int TryRead(ReadOnlySpan<byte> bytes, int position, out AttributeRow row)
    {
        row = default;
        if (bytes.Length < KeyAt || bytes[1] != OtlpTags.KeyValue.Key)
            return 0;
        int end = 1 + bytes[0];
        int keyLength = bytes[2];
        int valueAt = KeyAt + keyLength + 2;
        // Bytes with the high bit set begin longer lengths.
        if ((bytes[0] | keyLength) >= 0x80 || end > bytes.Length || valueAt >= end)
            return 0;
        // The value must end with the message, which also keeps its length to one byte.
        if (bytes[valueAt - 2] != OtlpTags.KeyValue.Value || valueAt + bytes[valueAt - 1] != end)
            return 0;
        return TryReadValue(bytes[valueAt..end], position + valueAt, new Utf8Slice(position + KeyAt, keyLength), out row) ? end : 0;
    }

    private static bool TryReadValue(ReadOnlySpan<byte> value, int position, Utf8Slice key, out AttributeRow row)
    {
        row = default;
        if (value.Length < 2)
            return false;
        switch (value[0])
        {
            case (byte)OtlpTags.AnyValue.String when value[1] == value.Length - 2:
                row = AttributeRow.String(key, new Utf8Slice(position + 2, value.Length - 2));
                return true;
            case (byte)OtlpTags.AnyValue.Int when TryReadVarint(value[1..], out ulong number):
                row = AttributeRow.From(key, (long)number);
                return true;
            case (byte)OtlpTags.AnyValue.Bool when value.Length == 2 && value[1] < 0x80:
                row = AttributeRow.From(key, value[1] != 0);
                return true;
            case (byte)OtlpTags.AnyValue.Double when value.Length == 1 + sizeof(double):
                row = AttributeRow.From(key, BinaryPrimitives.ReadDoubleLittleEndian(value[1..]));
                return true;
            default:
                return false;
        }
    }

    // Up to 8 bytes (56 bits), so that nothing can overflow; all of them, so that nothing is left behind.
    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        if (bytes.Length > 8 || bytes[^1] >= 0x80)
            return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80 && i < bytes.Length - 1)
                return false;
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
        }
        return true;
    }
}
