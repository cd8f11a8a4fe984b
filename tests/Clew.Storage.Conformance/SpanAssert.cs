using Clew.Model;

namespace Clew.Storage.Conformance;

public static class SpanAssert
{
    /// <summary>Equal as multisets: a trace promises no order of its spans.</summary>
    public static void SameSpans(IEnumerable<Span> expected, IEnumerable<Span> actual)
    {
        var counts = new Dictionary<Span, int>();
        foreach (Span span in expected)
            counts[span] = counts.GetValueOrDefault(span) + 1;
        foreach (Span span in actual)
            counts[span] = counts.GetValueOrDefault(span) - 1;
        var missing = counts.Where(count => count.Value > 0).Select(count => count.Key);
        var unexpected = counts.Where(count => count.Value < 0).Select(count => count.Key);
        Assert.True(counts.Values.All(count => count == 0), $"missing:\n{string.Join('\n', missing)}\nunexpected:\n{string.Join('\n', unexpected)}");
    }
}
