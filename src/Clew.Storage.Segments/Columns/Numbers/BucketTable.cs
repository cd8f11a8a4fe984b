using System.Numerics;

namespace Clew.Storage.Segments;

/// <summary>
/// Divides the numbers of 64 bits into at most 256 buckets in ascending order, finer where more of a column's values are: numbers of one bit length share a power of two of equally wide
/// buckets. A value is its bucket and, in as many bits as the bucket is wide, how far it is above the bucket's first number.
/// </summary>
internal sealed class BucketTable
{
    /// <summary>Bit lengths there are, that of 0 among them.</summary>
    public const int LengthCount = 65;

    private const int BucketsMax = 256, BitsMax = 8;
    private const byte None = byte.MaxValue;

    private readonly byte[] bitsOf;
    private readonly int[] firstBucketOf = new int[LengthCount];
    private readonly ulong[] firsts = new ulong[BucketsMax];
    private readonly byte[] widths = new byte[BucketsMax];

    private BucketTable(byte[] bitsOf)
    {
        this.bitsOf = bitsOf;
        for (int length = 0; length < LengthCount; length++)
        {
            firstBucketOf[length] = Count;
            if (bitsOf[length] == None)
                continue;
            for (uint bucket = 0; bucket < 1u << bitsOf[length]; bucket++, Count++)
            {
                widths[Count] = (byte)WidthOf(length);
                firsts[Count] = length == 0 ? 0 : (1UL << (length - 1)) + ((ulong)bucket << widths[Count]);
            }
        }
    }

    /// <summary>Buckets there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first number of each bucket; places for all that a byte can say.</summary>
    public ReadOnlySpan<ulong> Firsts => firsts;

    /// <summary>The bits in which each says a number's distance from the first; places for all that a byte can say.</summary>
    public ReadOnlySpan<byte> Widths => widths;

    /// <summary>For each bit length the logarithm of its number of buckets, or 255 where there is none: what is stored.</summary>
    public ReadOnlySpan<byte> BitsOf => bitsOf;

    /// <param name="counts">How many values have each bit length; some have one.</param>
    public static BucketTable For(ReadOnlySpan<int> counts)
    {
        byte[] bitsOf = new byte[LengthCount];
        int buckets = 0;
        for (int length = 0; length < LengthCount; length++)
        {
            bitsOf[length] = counts[length] > 0 ? (byte)0 : None;
            buckets += counts[length] > 0 ? 1 : 0;
        }
        // Twice the buckets save each value of a length one bit: always where they save most for what they take.
        while (Best(counts, bitsOf, BucketsMax - buckets) is >= 0 and int best)
        {
            buckets += 1 << bitsOf[best];
            bitsOf[best]++;
        }
        return new BucketTable(bitsOf);
    }

    /// <returns>Null when the bytes, <see cref="LengthCount"/> of them, are not those of a table.</returns>
    public static BucketTable? TryRead(ReadOnlySpan<byte> bitsOf)
    {
        int buckets = 0;
        for (int length = 0; length < LengthCount; length++)
        {
            if (bitsOf[length] == None)
                continue;
            if (bitsOf[length] > Math.Min(BitsMax, Math.Max(0, length - 1)))
                return null;
            buckets += 1 << bitsOf[length];
        }
        return buckets is > 0 and <= BucketsMax ? new BucketTable(bitsOf.ToArray()) : null;
    }

    public static int LengthOf(ulong value) => 64 - BitOperations.LeadingZeroCount(value);

    /// <summary>Bits that all values' distances take.</summary>
    /// <param name="counts">How many values have each bit length.</param>
    public long DistanceBits(ReadOnlySpan<int> counts)
    {
        long bits = 0;
        for (int length = 0; length < LengthCount; length++)
            bits += counts[length] == 0 ? 0 : (long)counts[length] * WidthOf(length);
        return bits;
    }

    /// <summary>The bucket of a value whose bit length has some.</summary>
    public byte BucketOf(ulong value)
    {
        int length = LengthOf(value);
        ulong within = length == 0 ? 0 : value - (1UL << (length - 1));
        return (byte)(firstBucketOf[length] + (int)(within >> WidthOf(length)));
    }

    /// <summary>The buckets that are wholly or in part within a range.</summary>
    /// <param name="low">The range's first number.</param>
    /// <param name="high">Its last.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last; below the first when there is none.</param>
    /// <param name="firstIsPart">Whether the first has numbers below the range.</param>
    /// <param name="lastIsPart">Whether the last has numbers above it.</param>
    public void Find(ulong low, ulong high, out int first, out int last, out bool firstIsPart, out bool lastIsPart)
    {
        first = LastFrom(low);
        firstIsPart = first >= 0 && low > firsts[first] && low <= LastOf(first);
        if (first < 0 || low > LastOf(first))
            first++;
        last = LastFrom(high);
        lastIsPart = last >= 0 && high < LastOf(last);
    }

    private ulong LastOf(int bucket) => firsts[bucket] + ((1UL << widths[bucket]) - 1);

    // The last bucket that begins at the value or below; -1 for none.
    private int LastFrom(ulong value)
    {
        int found = firsts.AsSpan(0, Count).BinarySearch(value);
        return found >= 0 ? found : ~found - 1;
    }

    private int WidthOf(int length) => length == 0 ? 0 : length - 1 - bitsOf[length];

    private static int Best(ReadOnlySpan<int> counts, byte[] bitsOf, int room)
    {
        int best = -1;
        for (int length = 0; length < LengthCount; length++)
        {
            if (bitsOf[length] < Math.Min(BitsMax, length - 1) && 1 << bitsOf[length] <= room && (best < 0 || (long)counts[length] << bitsOf[best] > (long)counts[best] << bitsOf[length]))
                best = length;
        }
        return best;
    }
}
