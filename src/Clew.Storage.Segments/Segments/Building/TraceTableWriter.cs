using System.Runtime.InteropServices;
using Clew.Model;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>Finds every span's parent within its trace, and what is to be known of each trace without reading its spans.</summary>
/// <param name="order">The rows.</param>
/// <param name="spanIds">In the new order, as the following.</param>
/// <param name="parents">0 for none.</param>
/// <param name="durationsNs">Durations.</param>
/// <param name="statuses"><see cref="StatusCode"/>.</param>
internal sealed class TraceTableWriter(RowOrder order, ReadOnlyMemory<ulong> spanIds, ReadOnlyMemory<ulong> parents, ReadOnlyMemory<long> durationsNs, ReadOnlyMemory<uint> statuses)
{
    /// <summary>Codes of parents: 0 none, 1 a span that is not in the trace here, 2 and more the row within the trace, plus 2.</summary>
    public const int NoParent = 0, OuterParent = 1, FirstInnerParent = 2;

    // Searching this many ids in turn is faster than making a table of them.
    private const int ScannedSpansMax = 128;

    private readonly Dictionary<ulong, int> rowOfId = [];

    public void WriteParents(ColumnWriter writer, Span<long> codes)
    {
        using RowBitmap outer = RowBitmap.Rent(order.RowCount);
        for (int trace = 0; trace < order.TraceCount; trace++)
        {
            int first = order.FirstRows[trace], end = order.FirstRows[trace + 1];
            ReadOnlySpan<ulong> ids = spanIds.Span[first..end];
            bool scan = ids.Length <= ScannedSpansMax;
            if (!scan)
                Index(ids);
            for (int row = first; row < end; row++)
            {
                ulong parent = parents.Span[row];
                int found = parent == 0 ? NoParent : scan ? ids.IndexOf(parent) : rowOfId.GetValueOrDefault(parent, -1);
                codes[row] = parent == 0 ? NoParent : found < 0 ? OuterParent : found + FirstInnerParent;
                if (codes[row] == OuterParent)
                    outer.Set(row);
            }
        }
        Int64Column.From(codes).WriteTo(writer);
        var outerRows = PresenceBitmap.From(outer);
        outerRows.WriteTo(writer);
        ulong[] outerIds = new ulong[outerRows.Count];
        int next = 0;
        foreach (int row in outer)
            outerIds[next++] = parents.Span[row];
        IdBytes.Column(outerIds).WriteTo(writer);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="parentCodes">What <see cref="WriteParents"/> made.</param>
    public void WriteTraces(ColumnWriter writer, ReadOnlySpan<long> parentCodes)
    {
        int count = order.TraceCount;
        var lows = new ulong[count];
        long[] highs = new long[count], starts = new long[count], latest = new long[count], ends = new long[count], errors = new long[count], orphans = new long[count], roots = new long[count];
        for (int trace = 0; trace < count; trace++)
        {
            (lows[trace], highs[trace]) = (order.Ids[trace].Low, (long)order.Ids[trace].High);
            int first = order.FirstRows[trace], root = first;
            long min = long.MaxValue, max = long.MinValue, end = long.MinValue;
            bool rootFound = false;
            for (int row = first; row < order.FirstRows[trace + 1]; row++)
            {
                long start = order.StartsNs[row];
                if (start != 0)
                    (min, max, end) = (Math.Min(min, start), Math.Max(max, start), Math.Max(end, unchecked(start + durationsNs.Span[row])));
                errors[trace] += statuses.Span[row] == (uint)StatusCode.Error ? 1 : 0;
                orphans[trace] += parentCodes[row] == OuterParent ? 1 : 0;
                bool isRoot = parentCodes[row] == NoParent;
                if ((isRoot && !rootFound) || (isRoot == rootFound && ComesBefore(row, root)))
                    root = row;
                rootFound |= isRoot;
            }
            bool timed = min <= max;
            roots[trace] = root - first;
            starts[trace] = timed ? min : 0;
            latest[trace] = timed ? unchecked(max - min) : 0;
            ends[trace] = timed ? unchecked(end - min) : 0;
        }
        // Machine order, not that of ids: they are searched as numbers.
        new FixedBytesColumn(MemoryMarshal.AsBytes(lows.AsSpan()).ToArray(), sizeof(ulong)).WriteTo(writer);
        Int64Column.From(highs).WriteTo(writer);
        BitPackedInts.Pack(MemoryMarshal.Cast<int, uint>(order.FirstRows[..count])).WriteTo(writer);
        foreach (long[] column in (long[][])[starts, latest, ends, errors, orphans, roots])
            Int64Column.From(column).WriteTo(writer);
    }

    /// <summary>The order of <see cref="Query.TraceSummarizer"/>'s roots.</summary>
    private bool ComesBefore(int row, int other)
    {
        long start = order.StartsNs[row], otherStart = order.StartsNs[other];
        if ((start == 0) != (otherStart == 0))
            return start != 0;
        if (start != otherStart)
            return start < otherStart;
        ulong id = spanIds.Span[row], otherId = spanIds.Span[other];
        return id != otherId ? id < otherId : row != other && TieBefore(row, other);
    }

    // Nearly never: two spans of one trace with one id that start at once.
    private bool TieBefore(int row, int other)
    {
        ((SpanTable table, int at), (SpanTable otherTable, int otherAt)) = (order.Source(row), order.Source(other));
        bool isShared = IsShared(table, at), otherIsShared = IsShared(otherTable, otherAt);
        if (isShared != otherIsShared)
            return otherIsShared;
        int byService = string.CompareOrdinal(Texts.Of(table.Services, at), Texts.Of(otherTable.Services, otherAt));
        return (byService != 0 ? byService : string.CompareOrdinal(Texts.Of(table.Names, at), Texts.Of(otherTable.Names, otherAt))) < 0;
    }

    private static bool IsShared(SpanTable table, int row) => (table.Traits[row] & (uint)SpanTraits.Shared) != 0;

    private void Index(ReadOnlySpan<ulong> ids)
    {
        rowOfId.Clear();
        for (int i = 0; i < ids.Length; i++)
            rowOfId.TryAdd(ids[i], i);
    }
}
