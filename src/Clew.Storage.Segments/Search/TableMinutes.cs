using System.Text;
using Clew.Model;
using Clew.Query.Metrics;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Minute aggregates of the rows of a table.</summary>
internal static class TableMinutes
{
    public static void Add(SpanTable table, string? service, TimeRange range, MinuteAggregator minutes)
    {
        using RowBitmap rows = RowBitmap.Rent(table.RowCount);
        table.StartsIn(range, rows);
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        foreach (int row in rows)
        {
            string name = Encoding.UTF8.GetString(table.Services.Get(row, scratch));
            if (service is null || name == service)
            {
                string operation = Encoding.UTF8.GetString(table.Names.Get(row, scratch));
                minutes.Add(table.StartNsOf(row), name, operation, (SpanKind)table.Kinds[row], (StatusCode)table.Statuses[row], table.DurationsNs[row]);
            }
        }
    }
}
