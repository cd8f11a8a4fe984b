using System.Runtime.CompilerServices;

namespace Clew.Model;

/// <summary>The bytes that slices of one batch stand for.</summary>
public readonly ref struct SliceBytes
{
    private readonly ReadOnlySpan<byte> payload;
    private readonly ReadOnlySpan<byte> arena;

    internal SliceBytes(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> arena)
    {
        this.payload = payload;
        this.arena = arena;
    }

    public ReadOnlySpan<byte> this[Utf8Slice slice]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => slice.IsArena ? arena.Slice(~slice.Offset, slice.Length) : payload.Slice(slice.Offset, slice.Length);
    }
}
