using OpenTelemetry.Trace;

namespace Clew.Tracing.Sampling;

/// <summary>
/// Samples as a server says (Clew, Jaeger, an OpenTelemetry collector): asks for the strategy of its service at an interval and swaps it while spans are being
/// started. When the server is away or answers nonsense the last strategy stays; the counter <c>clew.tracing.sampler.polls</c> of the meter <c>Clew.Tracing</c> says so
/// by its attribute <c>result</c>. Wrap it in a <see cref="ParentSampler"/>.
/// </summary>
/// <remarks>One task asks and is the only writer of the sampler in use. Samples from the moment it is made; disposing ends the task.</remarks>
public sealed class RemoteSampler : Sampler, IDisposable
{
    private readonly RemoteSamplerOptions options;
    private readonly StrategyClient client;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task polling;
    private SamplingStrategy? strategy;
    private volatile Sampler current;

    /// <summary>Starts asking at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval or the bound of operations is not positive.</exception>
    public RemoteSampler(RemoteSamplerOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.ServiceName);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.PollInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOperations, 1);
        this.options = options;
        current = options.InitialSampler ?? new RatioSampler(0.001);
        client = new StrategyClient(options);
        Description = $"RemoteSampler{{{options.ServiceName}}}";
        polling = Task.Run(PollAsync);
    }

    internal Sampler Current => current;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => current.ShouldSample(samplingParameters);

    /// <summary>Ends the asking; a question under way is abandoned. Sampling goes on by the last strategy.</summary>
    public void Dispose()
    {
        if (stopping.IsCancellationRequested)
            return;
        stopping.Cancel();
        polling.Wait();
        client.Dispose();
        stopping.Dispose();
        (options.InitialSampler as IDisposable)?.Dispose();
    }

    private async Task PollAsync()
    {
        TimeProvider time = options.TimeProvider ?? TimeProvider.System;
        try
        {
            while (true)
            {
                SamplerMetrics.Count(await AskAsync().ConfigureAwait(false));
                TimeSpan pause = options.PollInterval * (0.9 + (0.2 * Random.Shared.NextDouble()));
                await Task.Delay(pause, time, stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task<PollResult> AskAsync()
    {
        try
        {
            SamplingStrategy answer = await client.GetAsync(stopping.Token).ConfigureAwait(false);
            if (answer.Equals(strategy))
                return PollResult.Unchanged;
            current = Create(answer);
            strategy = answer;
            return PollResult.Changed;
        }
        catch (FormatException)
        {
            return PollResult.Invalid;
        }
        // Whatever goes wrong on the way to the server must not end the asking: HttpClient's own timeout is a cancellation too.
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            return PollResult.Failed;
        }
    }

    private Sampler Create(SamplingStrategy answer) => answer switch
    {
        SamplingStrategy.Ratio ratio => new RatioSampler(ratio.Value),
        SamplingStrategy.RateLimit limit => new RateLimitingSampler(limit.MaxTracesPerSecond, options.TimeProvider),
        SamplingStrategy.PerOperation operations => new PerOperationSampler(
            operations.Sampling, options.MaxOperations, options.OperationSelector, options.TimeProvider, current as PerOperationSampler),
        _ => throw new FormatException("A strategy of an unknown kind."),
    };
}
