using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Sampling;
using Clew.Server.Tests.Support;
using Clew.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Sampling;

public sealed class FileReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StrategiesFile file = new(StrategiesFile.Default(0.25));

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData(50)]
    [InlineData(3_600_000)]
    public async Task A_changed_file_is_read_again_by_looking_or_by_being_told(int reloadIntervalMs)
    {
        await using TestServer server = await StartAsync(reloadIntervalMs);
        Assert.Equal(0.25, Probability(server));

        file.Write(StrategiesFile.Default(0.75));

        await Eventually.True(() => Task.FromResult(Probability(server) == 0.75), Patience, () => "the change was not noticed");
    }

    [Fact]
    public async Task A_bad_file_leaves_the_last_good_strategies_in_force_and_is_counted()
    {
        await using TestServer server = await StartAsync(50);
        Assert.Contains("clew_sampling_strategies_reload_failed_total 0\n", await Metrics(server), StringComparison.Ordinal);

        file.Write("{ this is not JSON");

        await Eventually.True(
            async () => (await Metrics(server)).Contains("clew_sampling_strategies_reload_failed_total 1\n", StringComparison.Ordinal), Patience, () => "not counted");
        Assert.Equal(0.25, Probability(server));
        file.Write(StrategiesFile.Default(1));
        await Eventually.True(() => Task.FromResult(Probability(server) == 1), Patience, () => "the mended file was not read");
    }

    [Fact]
    public async Task A_server_does_not_start_with_a_file_that_cannot_be_used()
    {
        file.Write(StrategiesFile.Default(2));

        ConfigurationException error = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(50));

        Assert.Equal($"sampling.strategiesFile: {file.Path}: default_strategy: param 2 is no probability from 0 to 1", Assert.Single(error.Errors));
    }

    private Task<TestServer> StartAsync(int reloadIntervalMs) => TestServer.StartAsync(new FakeStore(), options => options with
    {
        Sampling = options.Sampling with { StrategiesFile = file.Path, ReloadIntervalMs = reloadIntervalMs },
    });

    private static double Probability(TestServer server) => server.Services.GetRequiredService<ISamplingStrategies>().Of("any").Probability;

    private static Task<string> Metrics(TestServer server) => server.Client(ListenerRole.Query).GetStringAsync(new Uri("/metrics", UriKind.Relative));
}
