using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>The real process, killed in the middle of traffic: what it acknowledged is there when it is started again.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 20;

    private readonly string data = Directory.CreateTempSubdirectory("clew-kill-data-").FullName;
    private readonly string acknowledgements = Directory.CreateTempSubdirectory("clew-kill-acks-").FullName;

    [Fact]
    public async Task Every_acknowledged_span_is_found_after_twenty_kills_under_load()
    {
        var random = new Random(20);
        for (int round = 0; round < Rounds; round++)
        {
            // Heads so small that sealing and compaction are under way at any moment.
            var server = new ServerProcess
            {
                DataDirectory = data,
                KeepsData = true,
                Arguments = ["--store.headSpansMax", "2000", "--store.segmentSpansMax", "20000"],
            };
            await server.InitializeAsync();
            try
            {
                if (round > 0)
                    await VerifyAsync(server, round - 1);
                Task<(int, string)> load = ServerProcess.RunAsync(
                    "load", "--endpoint", $"http://{server.Target("otlpGrpc")}", "--protocol", "otlp-grpc", "--duration", "1500ms", "--rate", "6000", "--batch", "200",
                    "--seed", $"{round + 1}", "--acknowledged", File(round));
                await Task.Delay(600 + random.Next(900));
                await server.KillAsync();
                await load;
            }
            finally
            {
                await server.DisposeAsync();
            }
        }

        var last = new ServerProcess { DataDirectory = data, KeepsData = true };
        await last.InitializeAsync();
        try
        {
            for (int round = 0; round < Rounds; round++)
                await VerifyAsync(last, round);
        }
        finally
        {
            await last.DisposeAsync();
        }
        (int exitCode, string output) = await ServerProcess.RunAsync("verify", data);
        Assert.True(exitCode == 0, output);
    }

    public void Dispose()
    {
        Directory.Delete(data, recursive: true);
        Directory.Delete(acknowledgements, recursive: true);
    }

    private string File(int round) => Path.Combine(acknowledgements, $"{round}.txt");

    private async Task VerifyAsync(ServerProcess server, int round)
    {
        (int exitCode, string output) = await ServerProcess.RunAsync("load", "--verify", File(round), "--query", $"http://{server.Target("query")}");
        Assert.True(exitCode == 0, $"round {round}: {output}");
    }
}
