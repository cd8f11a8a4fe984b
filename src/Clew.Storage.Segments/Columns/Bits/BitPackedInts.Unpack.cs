using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    private static readonly UnpackPlan[] Plans = [.. Enumerable.Range(0, NarrowWidthMax + 1).Select(width => new UnpackPlan(width))];

    /// <summary>Copies values from <paramref name="start"/> on, as many as the destination has room for; all of them must exist.</summary>
    public void Unpack(int start, Span<uint> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)start + destination.Length, Count, nameof(destination));
        ReadOnlySpan<byte> bytes = data.Span;
        if (Width == 32)
        {
            MemoryMarshal.Cast<byte, uint>(bytes).Slice(start, destination.Length).CopyTo(destination);
            return;
        }
        if (Width == 0)
        {
            destination.Clear();
            return;
        }
        // A group of eight begins on a whole byte at every width.
        int unaligned = Math.Min(-start & 7, destination.Length);
        UnpackScalar(bytes, start, destination[..unaligned]);
        start += unaligned;
        destination = destination[unaligned..];
        int vectorised = Avx2.IsSupported ? UnpackGroups(bytes[(int)((long)start * Width >> 3)..], destination) : 0;
        UnpackScalar(bytes, start + vectorised, destination[vectorised..]);
    }

    /// <summary>The scalar twin of <see cref="Unpack"/>.</summary>
    public void UnpackScalar(int start, Span<uint> destination) => UnpackScalar(data.Span, start, destination);

    private void UnpackScalar(ReadOnlySpan<byte> bytes, int start, Span<uint> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Read(bytes, Width, start + i);
    }

    // Eight values at a time: four from each 128-bit lane, moved to their 32-bit places by one shuffle, then shifted and masked.
    private int UnpackGroups(ReadOnlySpan<byte> bytes, Span<uint> destination)
    {
        UnpackPlan plan = Plans[Width];
        Vector256<byte> shuffle = plan.Shuffle;
        Vector256<uint> shifts = plan.Shifts;
        Vector256<uint> mask = plan.Mask;
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        // Each group reads 16 bytes from the second lane's start, which may be more than the group has: the last ones are left to the scalar twin.
        int groups = Math.Min(destination.Length >> 3, Math.Max(0, (bytes.Length - plan.HighLaneOffset - Vector128<byte>.Count + Width) / Width));
        for (int i = 0; i < groups; i++)
        {
            ref byte group = ref Unsafe.Add(ref first, i * Width);
            Vector256<byte> loaded = Vector256.Create(Vector128.LoadUnsafe(ref group), Vector128.LoadUnsafe(ref group, (nuint)plan.HighLaneOffset));
            Vector256<uint> values = Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(loaded, shuffle).AsUInt32(), shifts) & mask;
            values.StoreUnsafe(ref MemoryMarshal.GetReference(destination), (nuint)(i * 8));
        }
        return groups * 8;
    }

    /// <summary>Where the eight values of a group lie at one width.</summary>
    private sealed class UnpackPlan
    {
        public UnpackPlan(int width)
        {
            // The fifth value starts 4 * width bits in: half a byte further at odd widths, which the shifts take care of.
            HighLaneOffset = width >> 1;
            Span<byte> shuffle = stackalloc byte[32];
            Span<uint> shifts = stackalloc uint[8];
            for (int i = 0; i < 8; i++)
            {
                int bit = i * width - (i < 4 ? 0 : HighLaneOffset * 8);
                shifts[i] = (uint)bit & 7;
                for (int j = 0; j < 4; j++)
                    shuffle[i * 4 + j] = (byte)((bit >> 3) + j);
            }
            Shuffle = Vector256.Create<byte>(shuffle);
            Shifts = Vector256.Create<uint>(shifts);
            Mask = Vector256.Create((uint)((1UL << width) - 1));
        }

        public int HighLaneOffset { get; }

        public Vector256<byte> Shuffle { get; }

        public Vector256<uint> Shifts { get; }

        public Vector256<uint> Mask { get; }
    }
}
