using System.Text;
using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>
/// The summary of a trace that lies in one table, from the few columns it needs: what <see cref="TraceSummarizer"/> says of the spans, without making them.
/// </summary>
internal static class PartSummary
{
    public static TraceSummary Read(TracePart part) => part.Table.Traces.Summaries?.SummaryOf(part.Trace) ?? Compute(part);

    private static TraceSummary Compute(TracePart part)
    {
        SpanTable table = part.Table;
        var rows = new List<int>();
        table.Traces.AddRows(part.Trace, rows);
        HashSet<SpanId> ids = [.. rows.Select(table.SpanIdOf)];
        var services = new List<ServiceCount>();
        Span<byte> scratch = stackalloc byte[TextShape.TextBytesMax];
        long startNs = long.MaxValue, endNs = long.MinValue;
        int errors = 0, orphans = 0;
        int root = RootRow.Of(table, rows);
        foreach (int row in rows)
        {
            bool isError = (StatusCode)table.Statuses[row] == StatusCode.Error;
            errors += isError ? 1 : 0;
            Count(services, table.Services.Get(row, scratch), isError);
            SpanId parent = table.ParentOf(row);
            if (!parent.IsZero && !ids.Contains(parent))
                orphans++;
            long spanStartNs = table.StartNsOf(row);
            if (spanStartNs != 0)
            {
                startNs = Math.Min(startNs, spanStartNs);
                endNs = Math.Max(endNs, spanStartNs + table.DurationsNs[row]);
            }
        }
        bool hasTime = startNs != long.MaxValue;
        return new TraceSummary
        {
            TraceId = table.Traces.IdOf(part.Trace),
            RootServiceName = Encoding.UTF8.GetString(table.Services.Get(root, scratch)),
            RootName = Encoding.UTF8.GetString(table.Names.Get(root, scratch)),
            StartNs = hasTime ? startNs : 0,
            DurationNs = hasTime ? endNs - startNs : 0,
            SpanCount = rows.Count,
            ErrorCount = errors,
            OrphanCount = orphans,
            Services = new EquatableList<ServiceSummary>(
            [
                .. services.Select(static service => new ServiceSummary(Encoding.UTF8.GetString(service.Name), service.Spans, service.Errors))
                    .OrderBy(static service => service.Name, StringComparer.Ordinal),
            ]),
        };
    }

    // A trace has a handful of services: comparing bytes beats making a string of every row's.
    private static void Count(List<ServiceCount> services, ReadOnlySpan<byte> name, bool isError)
    {
        foreach (ServiceCount service in services)
        {
            if (!name.SequenceEqual(service.Name))
                continue;
            service.Spans++;
            service.Errors += isError ? 1 : 0;
            return;
        }
        services.Add(new ServiceCount(name.ToArray()) { Spans = 1, Errors = isError ? 1 : 0 });
    }

    private sealed class ServiceCount(byte[] name)
    {
        public byte[] Name => name;

        public int Spans { get; set; }

        public int Errors { get; set; }
    }
}
