using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Clew.Tracing.Exporters.Encoding;

/// <summary>Bytes under construction in a pooled array that grows; reused from request to request. Not thread-safe.</summary>
internal sealed class PooledBuffer(int capacity = 16 * 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[] array = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => array.AsSpan(0, Length);

    /// <summary>Keeps the first <paramref name="length"/> bytes: how a half-written span is taken back.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(array.Length - Length), nameof(count));
        Length += count;
    }

    /// <summary>Space for at least <paramref name="count"/> bytes, to be written in one go; <see cref="Keep"/> says how many were.</summary>
    public Span<byte> Reserve(int count)
    {
        if (array.Length - Length < count)
            Grow(count);
        return array.AsSpan(Length);
    }

    /// <summary>The first bytes of what <see cref="Reserve"/> gave.</summary>
    public void Keep(int count)
    {
        Debug.Assert((uint)count <= (uint)(array.Length - Length), "More was kept than reserved.");
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(sizeHint, 1));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        if (Length == array.Length)
            Grow(1);
        array[Length++] = value;
    }

    /// <summary>Replaces a byte that is written already.</summary>
    public void Overwrite(int at, byte value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)at, (uint)Length, nameof(at));
        array[at] = value;
    }

    /// <summary>Moves the bytes from <paramref name="start"/> to the front and forgets those before.</summary>
    public void DropFront(int start)
    {
        array.AsSpan(start, Length - start).CopyTo(array);
        Length -= start;
    }

    /// <summary>Gives the array away, to be returned to the shared pool by whoever gets it, and begins anew with another as large.</summary>
    public byte[] Detach(out int length)
    {
        byte[] detached = array;
        length = Length;
        array = ArrayPool<byte>.Shared.Rent(detached.Length);
        Length = 0;
        return detached;
    }

    /// <summary>Whether what is written fills so much of the array that keeping the array wastes no more than a copy would in a pooled one.</summary>
    public bool IsWellFilled => Length > array.Length / 2;

    public void Dispose()
    {
        byte[] rented = array;
        array = [];
        Length = 0;
        if (rented.Length > 0)
            ArrayPool<byte>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int sizeHint)
    {
        // Doubling, in 64 bits: past 1 GiB the double would overflow.
        long wanted = Math.Max((long)array.Length * 2, (long)Length + Math.Max(sizeHint, 256));
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(wanted, Array.MaxLength));
        Written.CopyTo(larger);
        byte[] smaller = array;
        array = larger;
        if (smaller.Length > 0)
            ArrayPool<byte>.Shared.Return(smaller);
    }
}
