using System.Diagnostics;
using System.Text;
using Clew.Model;
using Clew.Query;
using Clew.Server.Commands.Load.Traffic;
using Clew.Storage;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Bench;

/// <summary>Searches and lists of names on single tables of the traffic <c>clew load</c> makes. Each search is prepared anew, as each query is.</summary>
internal sealed class SearchBenchmark
{
    private const long NowNs = 1_795_000_000_000_000_000;
    private const int Services = 20;

    private readonly SpanTable table;
    private readonly RowBitmap rows;
    private readonly List<(string Name, Action Call)> works = [];
    private int found;

    private SearchBenchmark(SpanTable table)
    {
        this.table = table;
        rows = RowBitmap.Rent(table.RowCount);
        (Operation busiest, string user) = Sample(table);
        SpanCondition.Compare service = Equal(QueryField.Service, busiest.Service), name = Equal(QueryField.Name, busiest.Name);
        Search("every span", new SpanCondition.Always());
        Search("service + operation", new SpanCondition.And(service, name));
        Search("the same, any case", new SpanCondition.And(service, name with { IgnoreCase = true }));
        Search("rare attribute value", Equal(Attribute(AttributeScope.Span, "enduser.id"), user));
        Search("the same, anywhere", Equal(Attribute(AttributeScope.Any, "enduser.id"), user));
        Search("absent value", Equal(Attribute(AttributeScope.Span, "enduser.id"), "nobody"));
        Search("absent value anywhere", Equal(Attribute(AttributeScope.Any, "enduser.id"), "nobody"));
        Search("absent key", Equal(Attribute(AttributeScope.Any, "no.such.key"), "nobody"));
        Search("duration + error", new SpanCondition.And(
            new SpanCondition.Compare(QueryField.Duration, ComparisonOperator.Greater, AttributeValue.From(50_000_000L)),
            Equal(new QueryField.Intrinsic(IntrinsicField.Status), "error")));
        Search("status code >= 500", new SpanCondition.Compare(Attribute(AttributeScope.SpanThenResource, "http.response.status_code"), ComparisonOperator.GreaterOrEqual, AttributeValue.From(500L)));
        SpanCondition pattern = new SpanCondition.Compare(Attribute(AttributeScope.Span, "url.path"), ComparisonOperator.Regex, AttributeValue.From(".*/1[0-9]*7"));
        Search("pattern on paths", pattern);
        Search("service + pattern on paths", new SpanCondition.And(service, pattern));
        Search("host", new SpanCondition.Compare(Attribute(AttributeScope.Resource, "host.name"), ComparisonOperator.Regex, AttributeValue.From(".*1")));
        Search("exception type", new SpanCondition.Exists(Attribute(AttributeScope.Event, "exception.type")));
        Works("services", () => TableNames.AddServices(table, TimeRange.All, new HashSet<string>()));
        Works("operations", () => TableNames.AddOperations(table, busiest.Service, TimeRange.All, new HashSet<Operation>()));
        Works("operations of a range", () => TableNames.AddOperations(table, busiest.Service, new TimeRange(0, NowNs + (long)3e9), new HashSet<Operation>()));
        Works("keys", () => TableNames.AddAttributeKeys(table, AttributeScope.Any, TimeRange.All, new HashSet<string>()));
        Works("values of status codes", () => TableNames.AddAttributeValues(table, Attribute(AttributeScope.Span, "http.response.status_code"), TimeRange.All, []));
        Works("values of user ids", () => TableNames.AddAttributeValues(table, Attribute(AttributeScope.Span, "enduser.id"), TimeRange.All, []));
    }

    public static string Report(int rounds)
    {
        var report = new StringBuilder();
        foreach (int count in new[] { 65_536, 262_144 })
        {
            SpanTable head = Head(count);
            report.AppendLine($"A head of {count} rows").AppendLine(new SearchBenchmark(head).Run(rounds));
            string directory = Directory.CreateTempSubdirectory("clew-bench-").FullName;
            try
            {
                var files = new PhysicalFileSystem();
                SegmentBuilder.Write(files, directory, new SegmentWrite { Number = 1, NewTraces = 1, Arrival = TimeRange.All, WalReplayFrom = 0 }, [head], CancellationToken.None);
                using SegmentFile segment = SegmentFile.Open(files, Path.Combine(directory, SegmentFileName.Of(1)));
                report.AppendLine($"A segment of {count} rows").AppendLine(new SearchBenchmark(segment.Table).Run(rounds));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }
        return report.ToString();
    }

    private static SpanTable Head(int spanCount)
    {
        var generator = new TraceGenerator(Services, seed: 1);
        var head = new HeadTable();
        var builder = new SpanBatchBuilder();
        var spans = new List<Span>();
        for (long second = 0; head.RowCount < spanCount; second++)
        {
            spans.Clear();
            while (spans.Count < 1000 && head.RowCount + spans.Count < spanCount)
                spans.AddRange(generator.Next(NowNs + second * 1_000_000_000 / 60));
            head.Append(SpanWriter.WriteAll(spans.Take(spanCount - head.RowCount), builder), new NoOlderTraces());
        }
        return head.Snapshot();
    }

    private static (Operation Busiest, string User) Sample(SpanTable table)
    {
        var assembler = new SpanAssembler(table);
        Operation busiest = Enumerable.Range(0, 2000).Select(assembler.Read)
            .CountBy(span => new Operation(span.ServiceName, span.Name, span.Kind))
            .MaxBy(count => count.Value).Key;
        string user = Enumerable.Range(0, table.RowCount).Select(row => assembler.Read(row).Attributes.TextOf("enduser.id")).OfType<string>().Skip(100).First();
        return (busiest, user);
    }

    private string Run(int rounds)
    {
        var report = new StringBuilder();
        foreach ((string name, Action call) in works)
        {
            double fastest = double.MaxValue;
            found = 0;
            for (int round = 0; round < rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                call();
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
            report.AppendLine($"  {name,-28} {fastest,10:F1} us {(found > 0 ? $"{found} rows" : "")}");
        }
        return report.ToString();
    }

    private void Search(string name, SpanCondition condition) => works.Add((name, () =>
    {
        new RowSearch(condition).Find(table, TimeRange.All, rows, CancellationToken.None);
        found = rows.Count();
    }
    ));

    private void Works(string name, Action call) => works.Add((name, call));

    private static QueryField.Attribute Attribute(AttributeScope scope, string key) => new(scope, key);

    private static SpanCondition.Compare Equal(QueryField field, string text) => new(field, ComparisonOperator.Equal, AttributeValue.From(text));

    private sealed class NoOlderTraces : IOlderTraces
    {
        public void Find(TraceId id, List<TracePart> parts)
        {
        }
    }
}
