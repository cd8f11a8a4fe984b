using System.Buffers;

namespace Clew.Server.Pipeline;

/// <summary>
/// Bytes that arrive in pieces, in one array of the shared pool that doubles as they come: never more is taken than twice what is
/// there, whatever length a sender declares. One thread at a time; nothing of it may be used after disposal.
/// </summary>
internal sealed class PooledBuffer : IDisposable
{
    private byte[] array = [];

    public int Length { get; private set; }

    public int Capacity => array.Length;

    public ReadOnlyMemory<byte> Written => array.AsMemory(0, Length);

    /// <summary>Room after what is written; follow with <see cref="Advance"/>.</summary>
    public Memory<byte> Free => array.AsMemory(Length);

    public void Advance(int bytes) => Length += bytes;

    /// <summary>Makes the array at least <paramref name="capacity"/> bytes long, keeping what is written.</summary>
    public void Grow(int capacity)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(capacity);
        array.AsSpan(0, Length).CopyTo(larger);
        Return();
        array = larger;
    }

    public void Dispose()
    {
        Return();
        array = [];
        Length = 0;
    }

    private void Return()
    {
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }
}
