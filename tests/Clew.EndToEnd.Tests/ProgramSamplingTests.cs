using System.Diagnostics;
using System.Diagnostics.Metrics;
using Clew.EndToEnd.Tests.Support;
using Clew.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Clew.EndToEnd.Tests;

/// <summary>A program whose section <c>Tracing</c> has it sample as the real server says.</summary>
public sealed class ProgramSamplingTests : IDisposable
{
    private const string Service = "asks-the-server";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string file = Path.Combine(Path.GetTempPath(), $"clew-strategies-{Guid.NewGuid():N}.json");
    private readonly ActivitySource source = new($"Clew.EndToEnd.{Guid.NewGuid():N}");

    public void Dispose()
    {
        source.Dispose();
        File.Delete(file);
    }

    [Fact]
    public async Task Sampling_follows_the_server_while_running_stays_when_it_is_away_and_follows_again_when_it_is_back()
    {
        using var failures = new FailedPolls();
        var first = new ServerProcess { Arguments = ["--sampling.strategiesFile", file, "--sampling.reloadIntervalMs", "100"] };
        Say(share: 1);
        await first.InitializeAsync();
        string target = first.Target("sampling");
        using IHost program = await StartAsync(target);
        await Eventually.True(() => Task.FromResult(IsRecorded()), Patience, () => "nothing is recorded");
        Say(share: 0);
        await Eventually.True(() => Task.FromResult(!IsRecorded()), Patience, () => "everything is still recorded");
        Say(share: 1);
        await Eventually.True(() => Task.FromResult(IsRecorded()), Patience, () => "nothing is recorded again");

        await first.DisposeAsync();
        int before = failures.Count;
        await Eventually.True(() => Task.FromResult(failures.Count >= before + 2), Patience, () => "nobody asks any more");
        Assert.True(IsRecorded());

        Say(share: 0);
        var second = new ServerProcess { Arguments = ["--sampling.strategiesFile", file, "--listen.sampling", target] };
        await second.InitializeAsync();
        await Eventually.True(() => Task.FromResult(!IsRecorded()), Patience, () => $"the server that is back is not asked:\n{second.Output}");
        await second.DisposeAsync();
    }

    private void Say(int share)
    {
        // Moved into place, so that no half of it is read.
        File.WriteAllText(file + ".new", $$"""{"default_strategy":{"type":"probabilistic","param":{{1 - share}}},"service_strategies":[{"service":"{{Service}}","type":"probabilistic","param":{{share}}}]}""");
        File.Move(file + ".new", file, overwrite: true);
    }

    private async Task<IHost> StartAsync(string target)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tracing:ServiceName"] = Service,
            ["Tracing:Exporters"] = "none",
            ["Tracing:Sources"] = source.Name,
            ["Tracing:Sampler:Type"] = "remote",
            ["Tracing:Sampler:Ratio"] = "0",
            ["Tracing:Sampler:Endpoint"] = $"http://{target}/sampling",
            ["Tracing:Sampler:PollInterval"] = "100ms",
        });
        builder.AddClewTracing();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private bool IsRecorded()
    {
        Activity.Current = null;
        using Activity? span = source.StartActivity("asked");
        return span is { Recorded: true };
    }

    /// <summary>Counts what the sampler says of itself.</summary>
    private sealed class FailedPolls : IDisposable
    {
        private readonly MeterListener listener = new();
        private int count;

        public FailedPolls()
        {
            listener.InstrumentPublished = static (instrument, listening) =>
            {
                if (instrument.Name == "clew.tracing.sampler.polls")
                    listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                if (tags[0].Value is "failed")
                    Interlocked.Increment(ref count);
            });
            listener.Start();
        }

        public int Count => Volatile.Read(ref count);

        public void Dispose() => listener.Dispose();
    }
}
