using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Clew.Storage.Segments;

/// <summary>
/// Values one after the other: one thread adds, any number read those published before they looked. Kept as bytes, because that is what a stored
/// column is a view of too.
/// </summary>
internal sealed class AppendBuffer<T> where T : unmanaged
{
    private byte[] bytes = new byte[16 * Unsafe.SizeOf<T>()];
    private int count;

    /// <summary>Values published so far.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>What it takes in memory; for the writer.</summary>
    public int HeapBytes => bytes.Length;

    public void Add(T value)
    {
        int at = count * Unsafe.SizeOf<T>();
        if (at == bytes.Length)
            Grow(1);
        MemoryMarshal.Write(bytes.AsSpan(at), in value);
        Volatile.Write(ref count, count + 1);
    }

    public void AddAll(ReadOnlySpan<T> values)
    {
        values.CopyTo(Reserve(values.Length));
        Publish(values.Length);
    }

    /// <summary>Room for the next values, which nobody sees until they are published.</summary>
    public Span<T> Reserve(int more)
    {
        if (bytes.Length / Unsafe.SizeOf<T>() - count < more)
            Grow(more);
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan()).Slice(count, more);
    }

    /// <summary>Says that the next values stand in the room that was reserved for them.</summary>
    public void Publish(int more) => Volatile.Write(ref count, count + more);

    /// <summary>Puts another value in place of one that was added. Only where readers can take either. For the writer.</summary>
    public void Replace(int index, T value) => MemoryMarshal.Write(bytes.AsSpan(index * Unsafe.SizeOf<T>()), in value);

    /// <summary>The first values. They do not change while more are added.</summary>
    /// <param name="published">At most what <see cref="Count"/> said before.</param>
    public ReadOnlyMemory<byte> Bytes(int published) => Volatile.Read(ref bytes).AsMemory(0, published * Unsafe.SizeOf<T>());

    public ReadOnlySpan<T> Values(int published) => MemoryMarshal.Cast<byte, T>(Volatile.Read(ref bytes).AsSpan())[..published];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        int length = bytes.Length;
        while (length / Unsafe.SizeOf<T>() - count < more)
            length = checked(length * 2);
        byte[] larger = GC.AllocateUninitializedArray<byte>(length);
        bytes.AsSpan(0, count * Unsafe.SizeOf<T>()).CopyTo(larger);
        Volatile.Write(ref bytes, larger);
    }
}
