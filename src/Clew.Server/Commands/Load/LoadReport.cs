using System.Globalization;

namespace Clew.Server.Commands.Load;

/// <summary>Lines for people: one a second, and the summary.</summary>
internal sealed class LoadReport(LoadStatistics statistics, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly long started = time.GetTimestamp();
    private long lastSpans;
    private long lastBytes;
    private TimeSpan last;

    /// <summary>Until cancelled.</summary>
    public async Task ProgressAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                WriteProgress();
        }
        catch (OperationCanceledException)
        {
            // The run is over; the summary follows.
        }
    }

    public void WriteSummary()
    {
        double seconds = Math.Max(time.GetElapsedTime(started).TotalSeconds, 1e-3);
        long spans = statistics.AcceptedSpans;
        Line($"accepted   {spans:N0} spans in {statistics.AcceptedRequests:N0} requests in {seconds:F1} s: {spans / seconds:N0} spans/s, {statistics.AcceptedBytes / seconds / 1e6:F1} MB/s");
        LatencyHistogram latencies = statistics.Latencies;
        Line($"latency    p50 {Ms(latencies.Quantile(0.5))}  p90 {Ms(latencies.Quantile(0.9))}  p99 {Ms(latencies.Quantile(0.99))}  max {Ms(latencies.Max)}");
        Line($"refused    {Counts(statistics.Refusals)}");
        Line($"errors     {Counts(statistics.Errors)}");
        Line($"lost       {statistics.LostSpans:N0} spans");
    }

    private void WriteProgress()
    {
        TimeSpan now = time.GetElapsedTime(started);
        long spans = statistics.AcceptedSpans;
        long bytes = statistics.AcceptedBytes;
        double seconds = Math.Max((now - last).TotalSeconds, 1e-3);
        Line($"{now.TotalSeconds,6:F0} s  {(spans - lastSpans) / seconds,11:N0} spans/s  {(bytes - lastBytes) / seconds / 1e6,7:F1} MB/s  p99 {Ms(statistics.Latencies.Quantile(0.99))}  refused {Sum(statistics.Refusals):N0}  errors {Sum(statistics.Errors):N0}");
        (last, lastSpans, lastBytes) = (now, spans, bytes);
    }

    private static string Counts(IEnumerable<KeyValuePair<string, long>> counts) =>
        counts.Any() ? string.Join(", ", counts.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Value:N0} x {entry.Key}"))) : "none";

    private static long Sum(IEnumerable<KeyValuePair<string, long>> counts) => counts.Sum(static entry => entry.Value);

    private static string Ms(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:F1} ms");

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
