using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Formats.Native;

/// <summary>Reads the parts of a <see cref="BatchFormat.ClewSpans"/> payload. Every failure is a <see cref="SpanFormatException"/> with the byte offset; nothing is allocated for a declared number.</summary>
internal ref struct ClewSpansReader(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> payload = payload;
    private int position;

    public readonly bool AtEnd => position == payload.Length;

    public ReadOnlySpan<byte> Take(int bytes, string what)
    {
        if (bytes > payload.Length - position)
            throw Truncated(what);
        ReadOnlySpan<byte> taken = payload.Slice(position, bytes);
        position += bytes;
        return taken;
    }

    /// <summary>A byte up to <paramref name="max"/>.</summary>
    public byte Byte(byte max, string what)
    {
        byte value = Take(1, what)[0];
        return value <= max ? value : throw Invalid($"{value} is no {what}", position - 1);
    }

    public long Int64(string what) => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), what));

    public TraceId TraceId(string what)
    {
        Model.TraceId.TryFromBytes(Take(16, what), out TraceId id);
        return id;
    }

    public SpanId SpanId(string what)
    {
        Model.SpanId.TryFromBytes(Take(8, what), out SpanId id);
        return id;
    }

    /// <summary>A number up to <paramref name="max"/>.</summary>
    public uint Number(uint max, string what)
    {
        int start = position;
        ulong value = 0;
        // Five groups of seven bits hold 32 and three more.
        for (int shift = 0; shift <= 28; shift += 7)
        {
            byte next = Take(1, what)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            return value <= max ? (uint)value : throw Invalid($"{value} is more than {what} can be, {max}", start);
        }
        throw Invalid($"the number of {what} does not end", start);
    }

    /// <summary>How many of something follow. Each takes a byte at least.</summary>
    public int Count(string what)
    {
        int start = position;
        uint count = Number(int.MaxValue, what);
        return count <= (uint)(payload.Length - position) ? (int)count : throw Invalid($"{count} {what} are more than what is left", start);
    }

    public Utf8Slice Slice(string what)
    {
        int length = Count(what);
        var slice = new Utf8Slice(position, length);
        position += length;
        return slice;
    }

    /// <summary>The network-order bytes of an address, or nothing.</summary>
    public Utf8Slice Address(int bytes, string what)
    {
        int start = position;
        Utf8Slice address = Slice(what);
        return address.IsEmpty || address.Length == bytes ? address : throw Invalid($"{what} has {address.Length} bytes", start);
    }

    public static SpanFormatException Invalid(string reason, int at) => new(reason, at);

    public readonly void ExpectEnd()
    {
        if (!AtEnd)
            throw Invalid($"{payload.Length - position} bytes follow after the last span", position);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly SpanFormatException Truncated(string what) => new($"the payload ends within {what}", position) { Problem = SpanFormatProblem.Truncated };
}
