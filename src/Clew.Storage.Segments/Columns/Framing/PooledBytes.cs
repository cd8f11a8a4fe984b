using System.Buffers;

namespace Clew.Storage.Segments;

/// <summary>A growing run of bytes whose array comes from the pool. One thread; disposed once.</summary>
internal sealed class PooledBytes : IBufferWriter<byte>, IDisposable
{
    private byte[] array = ArrayPool<byte>.Shared.Rent(4096);
    private int count;

    public ReadOnlySpan<byte> Written => array.AsSpan(0, count);

    public void Clear() => count = 0;

    public void Advance(int count) => this.count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return array.AsMemory(count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return array.AsSpan(count);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(array.AsSpan(count));
        count += bytes.Length;
    }

    public void WriteVarint(ulong value)
    {
        Reserve(Varint.BytesMax);
        count += Varint.Write(array.AsSpan(count), value);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(array);
        array = [];
    }

    private void Reserve(int more)
    {
        if (more <= array.Length - count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max((long)count + more, array.Length * 2L)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
