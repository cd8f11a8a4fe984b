using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>The commands that make and move traces, as processes beside the server.</summary>
public sealed class TransferTests : IAsyncLifetime, IDisposable
{
    private readonly ServerProcess first = new();
    private readonly ServerProcess second = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-end-to-end-");

    public Task InitializeAsync() => Task.WhenAll(first.InitializeAsync(), second.InitializeAsync());

    public Task DisposeAsync() => Task.WhenAll(first.DisposeAsync(), second.DisposeAsync());

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Loaded_verified_exported_imported_and_exported_again_traces_are_the_same()
    {
        await Run("load", "--protocol", "otlp-http", "--gzip", "--endpoint", $"http://{first.Target("otlpHttp")}", "--spans", "5000", "--acknowledged", PathOf("acks.txt"));
        await Run("load", "--verify", PathOf("acks.txt"), "--query", $"http://{first.Target("query")}");
        await Run("export", "--query", $"http://{first.Target("query")}", "--out", PathOf("a.jsonl"));
        await Run("import", PathOf("a.jsonl"), "--endpoint", $"http://{second.Target("otlpHttp")}");
        await Run("export", "--query", $"http://{second.Target("query")}", "--out", PathOf("b.jsonl"));

        string[] acknowledged = await File.ReadAllLinesAsync(PathOf("acks.txt"));
        string[] exported = await File.ReadAllLinesAsync(PathOf("a.jsonl"));
        Assert.Equal(acknowledged.Length, exported.Length);
        Assert.Equal(exported, await File.ReadAllLinesAsync(PathOf("b.jsonl")));
    }

    [Fact]
    public async Task Ctrl_c_ends_a_load_with_its_summary_and_nothing_lost()
    {
        (int exitCode, string output) = await ServerProcess.InterruptAsync("spans/s", "load", "--endpoint", $"http://{first.Target("otlpGrpc")}", "--rate", "1000");

        Assert.Equal(0, exitCode);
        Assert.Contains("accepted ", output, StringComparison.Ordinal);
        Assert.Contains("lost       0 spans", output, StringComparison.Ordinal);
    }

    private static async Task Run(params string[] arguments)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync(arguments);
        Assert.True(exitCode == 0, output);
    }

    private string PathOf(string file) => Path.Combine(folder.FullName, file);
}
