using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

internal readonly partial struct BitPackedInts
{
    /// <summary>As <see cref="EqualTo(uint, RowBitmap)"/>, but only rows of <paramref name="among"/> count: what is said of others is undefined, which spares looking at them.</summary>
    public void EqualTo(uint code, RowBitmap among, RowBitmap rows)
    {
        CheckRows(rows);
        // Whole bytes are scanned where they lie, quicker than one could tell which of them count.
        if (!IsUnaligned || code > CodeMax)
        {
            EqualTo(code, rows.Words);
            return;
        }
        rows.Clear();
        for (int start = 0; start < Count; start += BlockRows)
        {
            if (Asked(among, start, out int count).ContainsAnyExcept(0UL))
                EqualToUnaligned(code, start, count, rows.Words[(start >> 6)..]);
        }
    }

    // A width at which a code does not lie in bytes of its own.
    private bool IsUnaligned => Width is not (0 or 8 or 16 or 32);

    /// <summary>Compares codes where they lie: each is moved to a lane of its own, but not shifted there; the code looked for is shifted instead, once.</summary>
    /// <param name="code">No wider than the column's.</param>
    /// <param name="start">The first row, a multiple of 64.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="words">Receives a bit a row; every word that has a row is overwritten.</param>
    private void EqualToUnaligned(uint code, int start, int count, Span<ulong> words)
    {
        words = words[..RowBitmap.WordCount(count)];
        words.Clear();
        ReadOnlySpan<byte> bytes = data.Span[(int)((long)start * Width >> 3)..];
        int row = Avx2.IsSupported && BitConverter.IsLittleEndian ? EqualGroups(code, bytes, count, MemoryMarshal.AsBytes(words)) : 0;
        for (; row < count; row++)
        {
            if (Read(bytes, Width, row) == code)
                words[row >> 6] |= 1UL << row;
        }
    }

    // Eight rows at a time, whose answers are a byte of the bitmap. Reads what UnpackGroups reads.
    private int EqualGroups(uint code, ReadOnlySpan<byte> bytes, int count, Span<byte> answers)
    {
        UnpackPlan plan = Plans[Width];
        Vector256<byte> shuffle = plan.Shuffle;
        // A code of 25 bits that begins at a byte's last bit ends with the lane.
        Vector256<uint> mask = Avx2.ShiftLeftLogicalVariable(plan.Mask, plan.Shifts);
        Vector256<uint> wanted = Avx2.ShiftLeftLogicalVariable(Vector256.Create(code), plan.Shifts);
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int groups = Math.Min(count >> 3, GroupsIn(bytes, plan));
        for (int i = 0; i < groups; i++)
        {
            Vector256<uint> codes = Avx2.Shuffle(LoadGroup(ref first, i * Width, plan.HighLaneOffset), shuffle).AsUInt32() & mask;
            answers[i] = (byte)Vector256.Equals(codes, wanted).ExtractMostSignificantBits();
        }
        return groups << 3;
    }
}
