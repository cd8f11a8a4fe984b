namespace Clew.Query.Metrics;

/// <summary>From calls and latencies by the minute to figures over time.</summary>
public static class MetricCalculator
{
    /// <summary>
    /// A series for each group that has calls in the time asked about. A point is about the minutes that begin before it, but no more than the window before it: at
    /// a full minute those that have ended, at any other time also the one it lies in.
    /// </summary>
    /// <param name="rows">The minutes of <see cref="MetricQuestion.Minutes"/> or more, in order of time.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="figure">Reads a point off its window, such as <see cref="MetricWindow.CallRate"/>; null leaves the point out.</param>
    public static IReadOnlyList<MetricSeries> Calculate(IEnumerable<MinuteAggregate> rows, MetricQuestion question, Func<MetricWindow, double?> figure)
    {
        long firstNs = question.Minutes.FromNs;
        return
        [
            .. rows.Where(row => row.MinuteStartNs >= firstNs && row.MinuteStartNs < question.Range.ToNs && question.Kinds.Contains(row.Kind))
                .GroupBy(row => (row.Service, Operation: question.ByOperation ? row.Operation : null))
                .OrderBy(static group => group.Key.Service, StringComparer.Ordinal)
                .ThenBy(static group => group.Key.Operation, StringComparer.Ordinal)
                .Select(group => new MetricSeries(group.Key.Service, group.Key.Operation, Points([.. group], question, figure))),
        ];
    }

    private static List<MetricPoint> Points(MinuteAggregate[] rows, MetricQuestion question, Func<MetricWindow, double?> figure)
    {
        var points = new List<MetricPoint>();
        var window = new MetricWindow(question.WholeWindowNs);
        int entered = 0;
        int left = 0;
        for (long timeNs = question.Range.FromNs; timeNs <= question.Range.ToNs; timeNs += question.StepNs)
        {
            for (; entered < rows.Length && rows[entered].MinuteStartNs < timeNs; entered++)
                window.Enter(rows[entered]);
            for (; left < entered && rows[left].MinuteStartNs < timeNs - question.WholeWindowNs; left++)
                window.Leave(rows[left]);
            if (figure(window) is { } value)
                points.Add(new MetricPoint(timeNs, value));
        }
        return points;
    }
}
