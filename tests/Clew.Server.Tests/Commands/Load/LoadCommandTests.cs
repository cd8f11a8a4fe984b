using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Clew.Server.Commands;
using Clew.Server.Hosting;
using Clew.Server.Tests.Support;
using Clew.Storage;

namespace Clew.Server.Tests.Commands.Load;

public sealed partial class LoadCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clew-load-");

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("otlp-grpc", "")]
    [InlineData("otlp-grpc", "--gzip")]
    [InlineData("otlp-grpc", "--mode replay --bodies 2")]
    [InlineData("otlp-http", "")]
    [InlineData("otlp-http", "--mode replay --bodies 2")]
    [InlineData("otlp-http", "--mode replay --bodies 2 --gzip")]
    [InlineData("otlp-http-json", "--gzip")]
    [InlineData("zipkin", "")]
    [InlineData("jaeger-http", "--gzip")]
    public async Task What_was_acknowledged_is_found_by_verify(string protocol, string more)
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore());

        int loaded = await Run($"load --protocol {protocol} --endpoint {Url(server, protocol)} --spans 1000 --batch 100 --seed 5 --acknowledged acks.txt {more}");
        int verified = await Run($"load --verify acks.txt --query {server.Client(ListenerRole.Query).BaseAddress}");

        Assert.True(loaded == ExitCode.Success, output + error.ToString());
        Assert.True(verified == ExitCode.Success, output.ToString());
        Assert.True(Accepted() >= 1000);
        Assert.NotEmpty(await Acknowledged());
    }

    [Fact]
    public async Task Replay_sends_new_traces_each_time_when_it_can_rewrite_them()
    {
        var store = new MemoryStore();
        await using TestServer server = await TestServer.StartAsync(store);

        await Run($"load --protocol otlp-http --endpoint {Url(server, "otlp-http")} --spans 1000 --batch 50 --mode replay --bodies 1 --connections 1 --acknowledged acks.txt");

        Assert.Equal(Accepted(), store.GetStatistics().Spans);
        string[] ids = [.. (await Acknowledged()).Select(static line => line.Split(' ')[0])];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_sends_the_same_traces()
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore());
        string command = $"load --endpoint {Url(server, "otlp-grpc")} --spans 300 --seed 9 --connections 1 --acknowledged";

        await Run($"{command} acks.txt");
        string[] first = await Acknowledged();
        await Run($"{command} acks.txt");

        Assert.Equal(first, await Acknowledged());
    }

    [Fact]
    public async Task Verify_names_what_is_missing_and_ends_with_1()
    {
        await using TestServer server = await TestServer.StartAsync(new MemoryStore());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "acks.txt"), "000000000000000000000000000000ab 3\n");

        Assert.Equal(ExitCode.Failure, await Run($"load --verify acks.txt --query {server.Client(ListenerRole.Query).BaseAddress}"));
        Assert.Contains("000000000000000000000000000000ab: 0 of 3 spans", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("otlp-grpc", "UNAVAILABLE")]
    [InlineData("otlp-http", "503 Service Unavailable")]
    public async Task Refused_spans_are_counted_as_lost_and_end_with_1(string protocol, string reason)
    {
        var store = new FakeStore { OnUse = static () => throw new StoreUnavailableException("full") };
        await using TestServer server = await TestServer.StartAsync(store);

        Assert.Equal(ExitCode.Failure, await Run($"load --protocol {protocol} --endpoint {Url(server, protocol)} --spans 100 --batch 100 --acknowledged acks.txt"));
        Assert.Contains($"refused    1 x {reason}", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("lost       0 spans", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(await Acknowledged());
    }

    [Fact]
    public async Task With_retry_what_was_refused_for_now_arrives_in_the_end()
    {
        int calls = 0;
        var store = new FakeStore { OnUse = () => Interlocked.Increment(ref calls) == 1 ? throw new StoreUnavailableException("full") : Task.CompletedTask };
        await using TestServer server = await TestServer.StartAsync(store);

        Assert.Equal(ExitCode.Success, await Run($"load --protocol otlp-http --endpoint {Url(server, "otlp-http")} --spans 100 --batch 100 --retry"));
        Assert.Equal(2, calls);
        Assert.Contains("refused    1 x 503", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_receiver_the_error_is_named_and_the_run_ends_with_1()
    {
        Assert.Equal(ExitCode.Failure, await Run("load --endpoint http://127.0.0.1:1 --spans 10 --connections 1"));
        Assert.Contains("errors     1 x ConnectionRefused", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("load --protocol jaeger-udp --endpoint udp://nowhere.invalid:6831 --spans 10")]
    [InlineData("load --spans 10 --acknowledged no-such-folder/acks.txt")]
    [InlineData("load --verify no-such-file.txt")]
    public async Task What_cannot_even_begin_ends_with_one_line_and_1(string commandLine)
    {
        Assert.Equal(ExitCode.Failure, await Run(commandLine));
        Assert.StartsWith("clew: ", Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datagrams_are_small_enough_to_be_sent()
    {
        var store = new MemoryStore();
        await using TestServer server = await TestServer.StartAsync(store);

        Assert.Equal(ExitCode.Success, await Run($"load --protocol jaeger-udp --endpoint udp://{server.EndPoint(ListenerRole.JaegerCompact)} --services 1 --spans 2000 --batch 2000 --rate 20000"));
        await Clew.TestKit.Eventually.True(() => Task.FromResult(store.GetStatistics().Spans == Accepted()), Patience, () => $"{store.GetStatistics().Spans} of {Accepted()} spans arrived");
    }

    [Theory]
    [InlineData("load --protocol smoke-signals", "smoke-signals")]
    [InlineData("load --rate 0", "--rate: '0'")]
    [InlineData("load --duration soon", "--duration: 'soon'")]
    [InlineData("load --endpoint nowhere", "--endpoint: 'nowhere' is not a URL")]
    [InlineData("load --protocol jaeger-udp --gzip", "--gzip")]
    [InlineData("load --protocol jaeger-udp --acknowledged x", "--acknowledged")]
    [InlineData("load --sevices 5", "clew load --help")]
    public async Task A_wrong_option_is_named_and_nothing_is_sent(string commandLine, string expected)
    {
        Assert.Equal(ExitCode.Usage, await Run(commandLine));
        Assert.Contains(expected, Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private Task<int> Run(string commandLine) => Cli.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), new()
    {
        Output = output,
        Error = error,
        Environment = new Hashtable(),
        WorkingDirectory = folder.FullName,
        OpenStore = (_, _, _) => throw new InvalidOperationException("No store is needed here."),
    }).WaitAsync(Patience);

    private static Uri Url(TestServer server, string protocol) => server.Client(protocol switch
    {
        "otlp-grpc" => ListenerRole.OtlpGrpc,
        "zipkin" => ListenerRole.Zipkin,
        "jaeger-http" => ListenerRole.JaegerHttp,
        _ => ListenerRole.OtlpHttp,
    }).BaseAddress!;

    private Task<string[]> Acknowledged() => File.ReadAllLinesAsync(Path.Combine(folder.FullName, "acks.txt"));

    private long Accepted() => long.Parse(AcceptedLine().Match(output.ToString()).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"accepted +([\d,]+) spans")]
    private static partial Regex AcceptedLine();
}
