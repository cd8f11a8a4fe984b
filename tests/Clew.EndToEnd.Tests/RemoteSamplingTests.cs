using Clew.EndToEnd.Tests.Support;

namespace Clew.EndToEnd.Tests;

/// <summary>A real client whose remote sampler asks the server.</summary>
public sealed class RemoteSamplingTests : IAsyncLifetime
{
    private const int Spans = 100;

    private readonly string file = Path.Combine(Path.GetTempPath(), $"clew-strategies-{Guid.NewGuid():N}.json");
    private readonly ServerProcess server;

    public RemoteSamplingTests() => server = new ServerProcess { Arguments = ["--sampling.strategiesFile", file] };

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(file, """
            {"default_strategy":{"type":"probabilistic","param":1},
             "service_strategies":[
               {"service":"silent","type":"probabilistic","param":0},
               {"service":"half","type":"probabilistic","param":0,"operation_strategies":[{"operation":"operation 1","type":"probabilistic","param":1}]}]}
            """);
        await server.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        File.Delete(file);
    }

    [RealClientTheory]
    [InlineData("loud", "0", Spans)]
    [InlineData("silent", "1", 0)]
    [InlineData("half", "0", Spans / 2)]
    public async Task A_client_samples_what_the_strategies_file_says(string service, string initialProbability, int sampled)
    {
        SampledSpans spans = await NodeClients.SampleAsync(server.Target("sampling"), service, initialProbability, Spans);

        Assert.Equal(sampled, spans.Sampled);
        Assert.Empty(spans.Problems);
    }
}
