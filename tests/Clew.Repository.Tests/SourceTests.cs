using System.Text.RegularExpressions;

namespace Clew.Repository.Tests;

public sealed partial class SourceTests
{
    private const int LinesMax = 400;

    [Fact]
    public void No_source_file_is_long()
    {
        string[] tooLong = [.. Repository.Files("src", ".cs").Where(path => File.ReadLines(path).Count() > LinesMax).Select(Repository.Relative)];
        Assert.True(tooLong.Length == 0, $"More than {LinesMax} lines: {string.Join(", ", tooLong)}");
    }

    [Fact]
    public void Time_comes_from_a_time_provider_and_nobody_blocks_on_a_task()
    {
        string[] found = [.. Repository.Files("src", ".cs").SelectMany(Offences)];
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
        .Select((line, index) => (line, number: index + 1))
        .Where(entry => Banned().IsMatch(entry.line) && !entry.line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .Select(entry => $"{Repository.Relative(path)}:{entry.number}: {entry.line.Trim()}");

    // ".Result" of anything that was just called, or of something named like a task: a property of that name elsewhere is fine.
    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\)\.Result\b|\b\w*[tT]ask\.Result\b|(?<!\bMonitor)\.Wait\(|\.GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Banned();
}
