using System.Buffers;

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

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsSpan(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void WriteByte(byte value)
    {
        if (Length == array.Length)
            Grow(1);
        array[Length++] = value;
    }

    /// <summary>Moves the bytes from <paramref name="start"/> to the front and forgets those before.</summary>
    public void DropFront(int start)
    {
        array.AsSpan(start, Length - start).CopyTo(array);
        Length -= start;
    }

    public void Dispose()
    {
        byte[] rented = array;
        array = [];
        Length = 0;
        if (rented.Length > 0)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private void Reserve(int sizeHint)
    {
        if (array.Length - Length < Math.Max(sizeHint, 1))
            Grow(sizeHint);
    }

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
