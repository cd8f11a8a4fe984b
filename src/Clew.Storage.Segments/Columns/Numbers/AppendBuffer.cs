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
            Grow();
        MemoryMarshal.Write(bytes.AsSpan(at), in value);
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Puts another value in place of one that was added. Only where readers can take either. For the writer.</summary>
    public void Replace(int index, T value) => MemoryMarshal.Write(bytes.AsSpan(index * Unsafe.SizeOf<T>()), in value);

    /// <summary>The first values. They do not change while more are added.</summary>
    /// <param name="published">At most what <see cref="Count"/> said before.</param>
    public ReadOnlyMemory<byte> Bytes(int published) => Volatile.Read(ref bytes).AsMemory(0, published * Unsafe.SizeOf<T>());

    public ReadOnlySpan<T> Values(int published) => MemoryMarshal.Cast<byte, T>(Bytes(published).Span);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        byte[] larger = GC.AllocateUninitializedArray<byte>(checked(bytes.Length * 2));
        bytes.CopyTo(larger, 0);
        Volatile.Write(ref bytes, larger);
    }
}
