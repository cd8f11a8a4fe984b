using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// Chooses which segments to merge next: neighbours in the order of arrival, of one partition, that together are no larger than a segment may be. At least four, so
/// that a span is written about twice in its life; in a partition that is over two are enough. An output is at least 1.7 times its largest input, else the same
/// rows would be written again and again for little. What is over a third of the largest segment stays as it is: a full head is half of it, so at
/// high rates, where heads are full, spans are written once.
/// </summary>
internal static class CompactionPlan
{
    /// <summary>Segments merged at once: bounds the columns open at a time.</summary>
    public const int InputsMax = 16;

    private const int InputsMin = 4;
    private const double GrowthMin = 1.7;

    // Merging them would at best halve the looks of a search and costs as much as sealing did.
    private const int SmallestShareThatStays = 3;

    /// <param name="segments">In the order of arrival.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="nowNs">Unix nanoseconds: tells which partition is not over.</param>
    /// <returns>A run of segments; empty when there is nothing worth merging.</returns>
    public static Range Choose(IReadOnlyList<SegmentInfo> segments, SegmentStoreOptions options, long nowNs)
    {
        Range best = default;
        int bestCount = 0;
        for (int start = 0; start < segments.Count; start++)
        {
            long partition = PartitionOf(segments[start].Arrival.FromNs, options);
            bool isOver = partition != PartitionOf(nowNs, options);
            long rows = 0;
            int largest = 0;
            for (int end = start; end < segments.Count && end - start < InputsMax; end++)
            {
                SegmentInfo next = segments[end];
                rows += next.Rows;
                if (next.Rows > options.SegmentRowsMax / SmallestShareThatStays || rows > options.SegmentRowsMax || PartitionOf(next.Arrival.FromNs, options) != partition)
                    break;
                largest = Math.Max(largest, next.Rows);
                int count = end - start + 1;
                if (count >= (isOver ? 2 : InputsMin) && rows >= largest * GrowthMin && count > bestCount)
                    (best, bestCount) = (start..(end + 1), count);
            }
        }
        return best;
    }

    /// <summary>The first neighbours that fit one segment, whether merging them is worth it or not.</summary>
    public static Range ChooseAny(IReadOnlyList<SegmentInfo> segments, SegmentStoreOptions options)
    {
        for (int start = 0; start + 1 < segments.Count; start++)
        {
            if ((long)segments[start].Rows + segments[start + 1].Rows <= options.SegmentRowsMax)
                return start..(start + 2);
        }
        return default;
    }

    private static long PartitionOf(long arrivalNs, SegmentStoreOptions options) => arrivalNs / (options.PartitionLength.Ticks * 100);
}
