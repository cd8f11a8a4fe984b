using System.Buffers.Binary;
using System.Diagnostics;

namespace Clew.Tracing.Propagation;

/// <summary>Identifiers of activities as numbers. Activities keep theirs as digits, which the framework reads with vectors here and one by one in CopyTo.</summary>
internal static class ActivityIds
{
    public static (ulong High, ulong Low) Number(ActivityTraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Convert.FromHexString(id.ToHexString(), bytes, out _, out _);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    /// <summary>0 for none.</summary>
    public static ulong Number(ActivitySpanId id)
    {
        Span<byte> bytes = stackalloc byte[8];
        Convert.FromHexString(id.ToHexString(), bytes, out _, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
