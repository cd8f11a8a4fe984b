using System.Runtime.CompilerServices;
using Clew.Model;

namespace Clew.Storage.Segments.Heads;

/// <summary>Slices of a batch, as values of a dictionary.</summary>
internal readonly ref struct SlicesOfBatch(SliceBytes bytesOf, ReadOnlySpan<Utf8Slice> slices) : IByteStrings
{
    private readonly SliceBytes bytesOf = bytesOf;
    private readonly ReadOnlySpan<Utf8Slice> slices = slices;

    public ReadOnlySpan<byte> this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bytesOf[slices[index]];
    }
}
