using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Tests;

/// <summary>What a table must say beside its spans, worked out from the spans.</summary>
internal static class HeadAssert
{
    public static void IndexesTraces(SpanTable table, List<Span> spans)
    {
        TraceIndex traces = table.Traces;
        Dictionary<TraceId, List<int>> rows = Enumerable.Range(0, spans.Count).GroupBy(row => spans[row].TraceId).ToDictionary(group => group.Key, group => group.ToList());
        Assert.Equal(rows.Count, traces.Count);
        Assert.Equal(rows.Values.Any(own => own.TrueForAll(row => spans[row].StartNs == 0)), traces.HasTracesWithoutTime);
        foreach ((TraceId id, List<int> expected) in rows)
        {
            int trace = traces.Find(id);
            Assert.Equal(id, traces.IdOf(trace));
            var found = new List<int>();
            traces.AddRows(trace, found);
            Assert.Equal(expected, found);
            Assert.All(expected, row => Assert.Equal(trace, traces.TraceOf(row)));
            Assert.Equal(expected.Count, traces.SpanCount(trace));
            Assert.Equal(TraceTime.StartNs([.. expected.Select(row => spans[row])]), traces.MinStartNs(trace));
            Assert.Equal(expected.Select(row => spans[row].StartNs).Where(startNs => startNs != 0).DefaultIfEmpty(0).Max(), traces.MaxStartNs(trace));
            Assert.True(traces.MayContain(id.Low));
            var sameLow = new List<int>();
            traces.FindByLow(id.Low, sameLow);
            Assert.Equal(rows.Keys.Where(other => other.Low == id.Low).Order(), sameLow.Select(traces.IdOf));
        }
        using RowBitmap someRows = RowBitmap.Rent(spans.Count), someTraces = RowBitmap.Rent(traces.Count);
        for (int row = 0; row < spans.Count; row += 3)
            someRows.Set(row);
        traces.AddTracesOf(someRows, someTraces);
        var ofSomeRows = new List<int>();
        foreach (int trace in someTraces)
            ofSomeRows.Add(trace);
        Assert.Equal(spans.Where((_, row) => row % 3 == 0).Select(span => traces.Find(span.TraceId)).Distinct().Order(), ofSomeRows);
        Assert.Equal(-1, traces.Find(new TraceId(0, 0)));
    }
}
