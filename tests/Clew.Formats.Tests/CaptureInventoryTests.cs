using Clew.TestKit;

namespace Clew.Formats.Tests;

public sealed class CaptureInventoryTests
{
    [Fact]
    public void Every_recording_is_compared_with_its_expectation_by_some_test()
    {
        IEnumerable<string> sources = Directory.EnumerateFiles(Path.Combine(Fixtures.RepositoryRoot, "tests", "Clew.Formats.Tests"), "*.cs", SearchOption.AllDirectories);
        string tests = string.Concat(sources.Select(File.ReadAllText).Where(static source => source.Contains("CaptureExpectations.Check", StringComparison.Ordinal)));
        IEnumerable<string> recordings = Directory.EnumerateFiles(Fixtures.Captures, "*.jsonl").Select(file => Path.GetFileName(file).Split(".expect")[0]);
        Assert.Equal([], recordings.Where(name => !tests.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }
}
