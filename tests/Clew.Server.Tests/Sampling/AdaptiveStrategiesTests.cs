using Clew.Model;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Server.Sampling.Adaptive;
using Clew.Server.Tests.Support;
using Clew.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Sampling;

public sealed class AdaptiveStrategiesTests : IAsyncLifetime
{
    private readonly MemoryStore store = new();
    private TestServer server = null!;

    public async Task InitializeAsync() => server = await TestServer.StartAsync(store, options => options with
    {
        Sampling = options.Sampling with
        {
            Mode = SamplingMode.Adaptive,
            Adaptive = new AdaptiveOptions { CalculationIntervalMs = 3_600_000, DelayMs = 7_200_000, MinSamplesPerSecond = 0.5 },
        },
    });

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_service_not_seen_is_told_the_initial_probability_and_the_lower_bound() => Assert.Equal(
        """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":0.001},"operationSampling":{"defaultSamplingProbability":0.001,"defaultLowerBoundTracesPerSecond":0.5,"perOperationStrategies":[],"defaultUpperBoundTracesPerSecond":0}}""",
        await AskAsync("shop"));

    [Fact]
    public async Task A_root_that_comes_in_moves_the_probability_of_its_operation_after_the_delay()
    {
        await SendRootAsync();
        AdaptiveStrategies strategies = server.Services.GetRequiredService<AdaptiveStrategies>();

        strategies.Tick();
        strategies.Tick();
        Assert.Contains("\"perOperationStrategies\":[]", await AskAsync("shop"), StringComparison.Ordinal);
        strategies.Tick();

        Assert.Contains(
            "\"perOperationStrategies\":[{\"operation\":\"POST /checkout\",\"probabilisticSampling\":{\"samplingRate\":0.002}}]",
            await AskAsync("shop"), StringComparison.Ordinal);
    }

    private Task<string> AskAsync(string service) =>
        server.Client(ListenerRole.Sampling).GetStringAsync(new Uri($"/sampling?service={service}", UriKind.Relative));

    private async Task SendRootAsync()
    {
        using var content = new StringContent(
            """
            [{"traceId":"000000000000000a","id":"000000000000000a","name":"POST /checkout","timestamp":1795000000000000,"duration":10,
              "localEndpoint":{"serviceName":"shop"},"tags":{"sampler.type":"lowerbound","sampler.param":"0.001"}}]
            """, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await server.Client(ListenerRole.Zipkin).PostAsync(new Uri("/api/v2/spans", UriKind.Relative), content);
        Assert.NotNull(await store.GetTraceAsync(new TraceId(0, 10), default));
    }
}
