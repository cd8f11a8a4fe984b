using System.Runtime.InteropServices;
using System.Text;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Analytics;

/// <summary>
/// Counts the rows of a table into a <see cref="MinuteTable"/>, by codes: names are decoded once for each group. For a table that grows it goes on where it
/// ended, as codes of a head do not change. One thread at a time.
/// </summary>
internal sealed class MinuteRows(MinuteTable minutes)
{
    private readonly Dictionary<GroupCodes, LatencyHistogram> groups = [];
    private readonly Dictionary<string, uint> spelt = [];

    /// <summary>Rows counted.</summary>
    public int RowCount { get; private set; }

    /// <param name="table">The table, or a later snapshot of the same head.</param>
    /// <exception cref="SegmentFormatException">A column is damaged.</exception>
    public void AddFrom(SpanTable table)
    {
        ValueColumn services = table.Services, names = table.Names;
        BitPackedInts kinds = table.Kinds, statuses = table.Statuses;
        Int64Column durationsNs = table.DurationsNs;
        var last = new GroupCodes(long.MinValue, 0, 0, 0);
        LatencyHistogram? histogram = null;
        for (int row = RowCount; row < table.RowCount; row++)
        {
            long startNs = table.StartNsOf(row);
            if (startNs == 0)
                continue;
            var codes = new GroupCodes(MinuteNumber.Of(startNs), CodeOf(services, row), CodeOf(names, row), kinds[row] << 8 | statuses[row]);
            if (histogram is null || codes != last)
                histogram = Of(codes, services, names, row);
            last = codes;
            histogram.Add(durationsNs[row]);
        }
        RowCount = table.RowCount;
    }

    private LatencyHistogram Of(GroupCodes codes, ValueColumn services, ValueColumn names, int row)
    {
        ref LatencyHistogram? histogram = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, codes, out _);
        return histogram ??= minutes.Of(TextOf(services, row), new MinuteKey(codes.Minute, TextOf(names, row), (SpanKind)(codes.KindAndStatus >> 8), (StatusCode)(codes.KindAndStatus & 0xFF)));
    }

    // Texts that stand row by row get codes as they come; only names that all are numbers or ids do.
    private uint CodeOf(ValueColumn column, int row)
    {
        if (column.TryGetCode(row, out uint code))
            return code;
        string text = TextOf(column, row);
        if (!spelt.TryGetValue(text, out code))
            spelt.Add(text, code = (uint)spelt.Count);
        return code;
    }

    private static string TextOf(ValueColumn column, int row) => Encoding.UTF8.GetString(column.Get(row, stackalloc byte[TextShape.TextBytesMax]));

    private readonly record struct GroupCodes(long Minute, uint Service, uint Name, uint KindAndStatus);
}
