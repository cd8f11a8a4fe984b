using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Clew.TestKit;
using Clew.Tracing.Sampling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clew.Tracing.Tests.Sampling;

/// <summary>Against a sampling endpoint in this process. What each question led to is heard from the meter, as an operator would.</summary>
public sealed class RemoteSamplerTests : IAsyncLifetime
{
    private const string All = """{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1}}""";
    private const string Rate = """{"strategyType":"RATE_LIMITING","rateLimitingSampling":{"maxTracesPerSecond":3}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider time = new();
    private readonly Channel<string> results = Channel.CreateUnbounded<string>();
    private readonly MeterListener meter = new();
    private WebApplication server = null!;
    private string address = "";
    private volatile string answer = All;
    private volatile string? asked;

    public async Task InitializeAsync()
    {
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "clew.tracing.sampler.polls")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) => results.Writer.TryWrite((string)tags[0].Value!));
        meter.Start();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/sampling", (HttpRequest request) =>
        {
            asked = request.QueryString.Value;
            return answer == "500" ? Results.StatusCode(500) : Results.Text(answer, "application/json");
        });
        await server.StartAsync();
        address = server.Urls.Single() + "/sampling";
    }

    public async Task DisposeAsync()
    {
        meter.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_strategy_of_the_service_is_asked_for_and_swapped_in()
    {
        using RemoteSampler sampler = Start();
        Assert.Equal("changed", await NextAsync());
        Assert.Equal("?service=my%20shop", asked);
        Assert.Equal(("probabilistic", 1.0), Samples.Attributes(sampler.ShouldSample(Samples.Root(1))));

        answer = Rate;
        Assert.Equal("changed", await AfterIntervalAsync());
        Assert.Equal(3, Samples.CountOf(sampler, 100));
    }

    [Fact]
    public async Task The_initial_sampler_decides_until_the_first_answer()
    {
        answer = "500";
        using RemoteSampler sampler = Start(new ConstSampler(true));
        Assert.Equal("failed", await NextAsync());
        Assert.Equal(("const", true), Samples.Attributes(sampler.ShouldSample(Samples.Root(1))));
    }

    [Fact]
    public async Task An_unchanged_answer_leaves_the_sampler_and_its_tokens_alone()
    {
        answer = Rate;
        using RemoteSampler sampler = Start();
        await NextAsync();
        OpenTelemetry.Trace.Sampler before = sampler.Current;
        Assert.Equal("unchanged", await AfterIntervalAsync());
        Assert.Same(before, sampler.Current);
    }

    [Theory]
    [InlineData("500", "failed")]
    [InlineData("<html>hello</html>", "invalid")]
    [InlineData("""{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":42}}""", "invalid")]
    public async Task Nonsense_is_counted_and_the_last_strategy_stays(string nonsense, string result)
    {
        using RemoteSampler sampler = Start();
        await NextAsync();
        answer = nonsense;
        Assert.Equal(result, await AfterIntervalAsync());
        Assert.True(sampler.Takes(Samples.Root(ulong.MaxValue)));
        answer = Rate;
        Assert.Equal("changed", await AfterIntervalAsync());
    }

    [Fact]
    public async Task An_answer_over_the_bound_is_not_read()
    {
        answer = All + new string(' ', 2 * 1024 * 1024);
        using RemoteSampler sampler = Start();
        Assert.Equal("failed", await NextAsync());
    }

    [Fact]
    public async Task A_server_that_goes_away_leaves_the_last_strategy()
    {
        using RemoteSampler sampler = Start();
        Assert.Equal("changed", await NextAsync());
        await server.StopAsync();
        Assert.Equal("failed", await AfterIntervalAsync());
        Assert.True(sampler.Takes(Samples.Root(ulong.MaxValue)));
    }

    [Fact]
    public async Task Operations_keep_their_tokens_when_only_ratios_change()
    {
        answer = PerOperation(0);
        using RemoteSampler sampler = Start();
        await NextAsync();
        Assert.Equal(1, Samples.CountOf(sampler, 10, "a"));
        answer = PerOperation(0.0000001);
        Assert.Equal("changed", await AfterIntervalAsync());
        Assert.Equal(0, Samples.CountOf(sampler, 10, "a"));
        Assert.Equal(1, Samples.CountOf(sampler, 10, "b"));

        // One trace in an hour: no token comes back in the minute between the questions.
        static string PerOperation(double ratio) => $$$"""
            {"operationSampling":{"defaultSamplingProbability":0,"defaultLowerBoundTracesPerSecond":0.000277,
            "perOperationStrategies":[{"operation":"a","probabilisticSampling":{"samplingRate":{{{ratio:F7}}}}}]}}
            """;
    }

    [Fact]
    public async Task Spans_are_decided_without_pause_while_strategies_change()
    {
        using RemoteSampler sampler = Start(new ConstSampler(true));
        await NextAsync();
        using var stop = new CancellationTokenSource();
        // Threads of their own that give way: the poll under test needs the pool and a processor.
        Task<long>[] deciding = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
        {
            long wrong = 0;
            // Trace id 1 is in every share that the answers below have.
            while (!stop.IsCancellationRequested)
            {
                wrong += sampler.Takes(Samples.Root(1)) ? 0 : 1;
                Thread.Sleep(0);
            }
            return wrong;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int i = 1; i <= 20; i++)
        {
            answer = All.Replace(":1}", $":0.{i:00}}}", StringComparison.Ordinal);
            Assert.Equal("changed", await AfterIntervalAsync());
        }
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(deciding), wrong => Assert.Equal(0, wrong));
    }

    [Fact]
    public async Task Asking_is_not_traced_and_ends_when_the_sampler_is_disposed()
    {
        int requests = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => requests += Equals(activity.GetTagItem("server.port"), new Uri(address).Port) ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        RemoteSampler sampler = Start();
        await NextAsync();
        await time.UntilTimerAsync();

        sampler.Dispose();
        sampler.Dispose();
        time.Advance(TimeSpan.FromHours(1));

        Assert.False(results.Reader.TryRead(out _));
        Assert.True(sampler.Takes(Samples.Root(1)));
        Assert.Equal(0, requests);
    }

    private RemoteSampler Start(OpenTelemetry.Trace.Sampler? initial = null) =>
        new(new RemoteSamplerOptions { ServiceName = "my shop", Endpoint = new Uri(address), InitialSampler = initial, TimeProvider = time });

    private async Task<string> NextAsync() => await results.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task<string> AfterIntervalAsync()
    {
        await time.UntilTimerAsync().WaitAsync(Patience);
        // The interval of a minute and the tenth it may vary by.
        time.Advance(TimeSpan.FromSeconds(66));
        return await NextAsync();
    }
}
