using System.Buffers.Binary;
using System.Buffers.Text;
using Clew.Model;
using Clew.Query;

namespace Clew.Server.Api.Native;

/// <summary>A place in the order of results as a text that goes into a URL: clients hand it back and do not look into it.</summary>
internal static class TraceCursorText
{
    private const int Bytes = 24;

    public static string Format(TraceCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.StartNs);
        cursor.TraceId.WriteBytes(bytes[sizeof(long)..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out TraceCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        cursor = default;
        if (!Base64Url.IsValid(text, out int length) || length != Bytes)
            return false;
        Base64Url.DecodeFromChars(text, bytes);
        TraceId.TryFromBytes(bytes[sizeof(long)..], out TraceId id);
        cursor = new TraceCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), id);
        return true;
    }
}
