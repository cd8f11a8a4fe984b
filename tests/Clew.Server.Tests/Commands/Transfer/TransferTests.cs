using System.Collections;
using Clew.Model;
using Clew.Server.Commands;
using Clew.Server.Hosting;
using Clew.Server.Tests.Api;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Commands.Transfer;

public sealed class TransferTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-transfer-");

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_loaded_exported_and_imported_elsewhere_is_exported_there_alike()
    {
        await using TestServer first = await TestServer.StartAsync(new MemoryStore());
        await using TestServer second = await TestServer.StartAsync(new MemoryStore());

        Assert.Equal(ExitCode.Success, await Run("load", "--endpoint", Url(first, ListenerRole.OtlpGrpc), "--spans", "3000"));
        Assert.Equal(ExitCode.Success, await Run("export", "--query", Url(first, ListenerRole.Query), "--out", "a.jsonl", "--page", "7"));
        Assert.Equal(ExitCode.Success, await Run("import", "a.jsonl", "--endpoint", Url(second, ListenerRole.OtlpHttp), "--batch", "100"));
        Assert.Equal(ExitCode.Success, await Run("export", "--query", Url(second, ListenerRole.Query), "--out", "b.jsonl"));

        string[] lines = await File.ReadAllLinesAsync(PathOf("a.jsonl"));
        Assert.True(lines.Length > 50);
        Assert.Equal(lines, await File.ReadAllLinesAsync(PathOf("b.jsonl")));
    }

    [Fact]
    public async Task Export_writes_to_standard_output_and_chooses_by_service_and_time()
    {
        var store = new MemoryStore();
        await using TestServer server = await TestServer.StartAsync(store);
        Span[] spans = [ApiSpans.Span(1, 1), ApiSpans.Span(2, 1, service: "cart"), ApiSpans.Span(3, 1, service: "cart", startUs: 1)];
        await store.AppendAsync(SpanWriter.WriteAll(spans, new SpanBatchBuilder()), CancellationToken.None);

        Assert.Equal(ExitCode.Success, await Run("export", "--query", Url(server, ListenerRole.Query), "--service", "cart", "--from", "2026-01-01"));

        string line = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(new TraceId(0, 2).ToString(), line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_line_is_named_and_the_rest_arrives()
    {
        var store = new MemoryStore();
        await using TestServer server = await TestServer.StartAsync(store);
        await File.WriteAllLinesAsync(PathOf("in.jsonl"), [Line(1), "{\"resourceSpans\":[{]}", Line(2), "nonsense", Line(3)]);

        Assert.Equal(ExitCode.Failure, await Run("import", "in.jsonl", "--endpoint", Url(server, ListenerRole.OtlpHttp)));

        Assert.Equal(3, store.GetStatistics().Spans);
        Assert.Equal(["clew: line 2: ", "clew: line 4: "], error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line[.."clew: line 2: ".Length]));
        Assert.Contains("3 spans sent in 1 requests", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_over_several_lines_is_taken()
    {
        var store = new MemoryStore();
        await using TestServer server = await TestServer.StartAsync(store);
        await File.WriteAllTextAsync(PathOf("in.json"), Line(1).Replace(",", ",\n", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Success, await Run("import", "in.json", "--endpoint", Url(server, ListenerRole.OtlpHttp)));
        Assert.Equal(1, store.GetStatistics().Spans);
    }

    [Fact]
    public async Task Import_sends_again_what_was_refused_for_now()
    {
        int calls = 0;
        var store = new FakeStore { OnUse = () => Interlocked.Increment(ref calls) == 1 ? throw new StoreUnavailableException("full") : Task.CompletedTask };
        await using TestServer server = await TestServer.StartAsync(store);
        await File.WriteAllTextAsync(PathOf("in.jsonl"), Line(1));

        Assert.Equal(ExitCode.Success, await Run("import", "in.jsonl", "--endpoint", Url(server, ListenerRole.OtlpHttp)));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Export_from_nowhere_and_import_of_nothing_say_so_in_one_line()
    {
        Assert.Equal(ExitCode.Failure, await Run("export", "--query", "http://127.0.0.1:1", "--out", "a.jsonl"));
        Assert.Equal(ExitCode.Failure, await Run("import", "absent.jsonl"));
        Assert.Equal(ExitCode.Usage, await Run("export", "--last", "1h", "--from", "1"));
        Assert.Equal(ExitCode.Usage, await Run("export", "--query", "localhost"));

        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("clew: stopped after 0 traces", lines[0], StringComparison.Ordinal);
        Assert.Contains("absent.jsonl", lines[1], StringComparison.Ordinal);
    }

    private static string Line(int trace) =>
        $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{new TraceId(0, (ulong)trace)}}","spanId":"0000000000000001","name":"a","startTimeUnixNano":"1795000000000000000"}]}]}]}""";

    private static string Url(TestServer server, ListenerRole role) => server.Client(role).BaseAddress!.ToString();

    private string PathOf(string file) => Path.Combine(folder.FullName, file);

    private Task<int> Run(params string[] args) => Cli.RunAsync(args, new()
    {
        Output = output,
        Error = error,
        Environment = new Hashtable(),
        WorkingDirectory = folder.FullName,
        OpenStore = (_, _, _) => throw new InvalidOperationException("No store is needed here."),
    }).WaitAsync(Patience);
}
