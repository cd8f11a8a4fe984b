using System.Text.RegularExpressions;

namespace Clew.Repository.Tests;

public sealed partial class SourceTests
{
    private const int LinesMax = 400;

    // The OpenTelemetry SDK flushes exporters and disposes samplers synchronously: there is nothing to await there.
    private static readonly string[] Allowed =
    [
        "src/Clew.Tracing/Sampling/Remote/RemoteSampler.cs: polling.Wait();",
        "src/Clew.Tracing/Exporters/Delivery/DeliveryQueue.cs: pump.GetAwaiter().GetResult();",
        "src/Clew.Tracing/Exporters/Delivery/DeliveryQueue.cs: task.WaitAsync(limit, options.TimeProvider).GetAwaiter().GetResult();",
    ];

    [Fact]
    public void No_source_file_is_long()
    {
        string[] tooLong = [.. Repository.Files("src", ".cs").Where(path => File.ReadLines(path).Count() > LinesMax).Select(Repository.Relative)];
        Assert.True(tooLong.Length == 0, $"More than {LinesMax} lines: {string.Join(", ", tooLong)}");
    }

    [Fact]
    public void Time_comes_from_a_time_provider_and_nobody_blocks_on_a_task()
    {
        string[] found = [.. Repository.Files("src", ".cs").SelectMany(Offences).Except(Allowed)];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }

    [Theory]
    [InlineData("DateTime.UtcNow", true)]
    [InlineData("DateTimeOffset.Now.Year", true)]
    [InlineData("ReadAsync().Result;", true)]
    [InlineData("task.Wait();", true)]
    [InlineData("task.Wait(timeout)", true)]
    [InlineData("task.GetAwaiter().GetResult()", true)]
    [InlineData("time.GetUtcNow()", false)]
    [InlineData("search.Results", false)]
    [InlineData("await gate.WaitAsync()", false)]
    [InlineData("Monitor.Wait(gate)", false)]
    public void The_search_finds_what_it_is_for(string code, bool expected) => Assert.Equal(expected, Banned().IsMatch(code));

    private static IEnumerable<string> Offences(string path) => File.ReadLines(path)
        .Where(static line => Banned().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .Select(line => $"{Repository.Relative(path)}: {line.Trim()}");

    // ".Result" of anything that was just called, or of something named like a task: a property of that name elsewhere is fine.
    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\)\.Result\b|\b\w*[tT]ask\.Result\b|(?<!\bMonitor)\.Wait\(|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Banned();
}
