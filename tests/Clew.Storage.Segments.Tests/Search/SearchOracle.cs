using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>What the reference evaluator says of every row of a table.</summary>
internal sealed class SearchOracle
{
    private readonly SpanTable table;
    private readonly Dictionary<TraceId, Trace> traces;

    public SearchOracle(SpanTable table)
    {
        this.table = table;
        Spans = HeadTables.Read(table);
        traces = Spans.GroupBy(span => span.TraceId).ToDictionary(spans => spans.Key, spans => new Trace(spans.Key, [.. spans]));
    }

    public Span[] Spans { get; }

    /// <summary>Checks whose answer was some rows of the table, not all and not none.</summary>
    public int TellingChecks { get; private set; }

    /// <summary>Searches the table and compares each row.</summary>
    public void Check(SpanCondition condition, TimeRange range)
    {
        var search = new RowSearch(condition);
        var matcher = new SpanMatcher(condition);
        bool[] expected = [.. Spans.Select(span => TraceTime.Contains(range, span.StartNs) && matcher.IsMatch(span, traces[span.TraceId]))];
        bool[] found = Bitmaps.Scan(table.RowCount, rows => search.Find(table, range, rows, CancellationToken.None));
        if (search.IsExact)
            Assert.True(expected.SequenceEqual(found), $"{condition}\n{Differences(expected, found)}");
        else
            Assert.All(Enumerable.Range(0, expected.Length), row => Assert.True(found[row] || !expected[row], $"{condition} misses row {row}"));
        if (search.CannotMatch(table))
            Assert.DoesNotContain(true, expected);
        if (expected.Distinct().Count() > 1)
            TellingChecks++;
    }

    private string Differences(bool[] expected, bool[] found) => string.Join(
        '\n',
        Enumerable.Range(0, expected.Length).Where(row => expected[row] != found[row]).Take(3).Select(row => $"row {row}, expected {expected[row]}: {Spans[row]}"));
}
