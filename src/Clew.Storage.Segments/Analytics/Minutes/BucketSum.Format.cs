using System.Buffers;
using System.Runtime.CompilerServices;
using Clew.Query.Metrics;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Buckets as they stand in a segment: docs/format/analytics.md.</summary>
internal sealed partial class BucketSum
{
    /// <summary>Adds what stands in the bytes, and goes behind it. False when it is none; then some of it may have been added.</summary>
    public bool TryAdd(ReadOnlySpan<byte> source, ref int position)
    {
        if (!TryReadCount(source, ref position, out ulong left))
            return false;
        int at = position;
        // They ascend: bits of one word are gathered before they are written.
        ulong bucket = 0, bits = 0;
        int word = 0;
        for (; left > 0; left--)
        {
            if (!TryRead(source, ref at, ref bucket, out long count))
                return false;
            if ((int)(bucket >> 6) != word)
            {
                Use(word, bits);
                word = (int)(bucket >> 6);
                bits = 0;
            }
            bits |= 1UL << (int)bucket;
            counts[bucket] += count;
        }
        Use(word, bits);
        position = at;
        return true;
    }

    /// <summary>The same without adding it to anything.</summary>
    public static bool TrySkip(ReadOnlySpan<byte> source, ref int position)
    {
        if (!TryReadCount(source, ref position, out ulong left))
            return false;
        ulong bucket = 0;
        for (; left > 0; left--)
        {
            if (!TryRead(source, ref position, ref bucket, out _))
                return false;
        }
        return true;
    }

    /// <summary>Appends it, and empties it.</summary>
    public void TakeTo(IBufferWriter<byte> output)
    {
        int used = InUse();
        ushort[] buckets = ArrayPool<ushort>.Shared.Rent(used);
        long[] each = ArrayPool<long>.Shared.Rent(used);
        Take(buckets, each);
        Span<byte> bytes = output.GetSpan((1 + used * 2) * Varint.BytesMax);
        int at = Varint.Write(bytes, (ulong)used), before = 0;
        for (int i = 0; i < used; i++)
        {
            // At low rates nearly always one duration fell into a bucket.
            at += Varint.Write(bytes[at..], (ulong)(buckets[i] - before) << 1 | (each[i] > 1 ? 1u : 0u));
            if (each[i] > 1)
                at += Varint.Write(bytes[at..], (ulong)each[i] - 2);
            before = buckets[i];
        }
        output.Advance(at);
        ArrayPool<ushort>.Shared.Return(buckets);
        ArrayPool<long>.Shared.Return(each);
    }

    private void Use(int word, ulong bits)
    {
        words[word] |= bits;
        wordsInUse |= bits == 0 ? 0 : 1UL << word;
    }

    private static bool TryReadCount(ReadOnlySpan<byte> source, ref int position, out ulong count) =>
        Varint.TryRead(source, ref position, out count) && count <= LatencyBuckets.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ReadOnlySpan<byte> source, ref int at, ref ulong bucket, out long count)
    {
        count = 1;
        // A step that is far too large must not wrap around.
        if (!Varint.TryRead(source, ref at, out ulong step) || (bucket += Math.Min(step >> 1, LatencyBuckets.Count)) >= LatencyBuckets.Count)
            return false;
        if ((step & 1) == 0)
            return true;
        bool isCount = Varint.TryRead(source, ref at, out ulong more) && more <= int.MaxValue;
        count = (long)more + 2;
        return isCount;
    }
}
