using System.Threading.Channels;
using Clew.Storage.Segments.Traces;

namespace Clew.Storage.Segments.Store;

/// <summary>
/// Seals heads, merges segments and deletes what retention no longer keeps, one after the other on one thread. Sealing comes first: appends wait for it. What fails
/// is reported, leaves everything as it was, and is tried again.
/// </summary>
internal sealed partial class Maintenance : IAsyncDisposable
{
    // After a failure: long enough not to spin on a full disk, short enough that appends which wait for it do not time out.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly StoreContext context;
    private readonly StoreState state;
    private readonly IHeadSource heads;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly SealingGarbage garbage;
    private readonly TraceDirectory directory;

    // Of many wake-ups one is enough: a pass does all there is to do.
    private readonly Channel<bool> work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task loop;
    private long nextNumber;
    private long? numberInWork;

    public Maintenance(StoreContext context, StoreState state, IHeadSource heads, long nextNumber)
    {
        this.context = context;
        this.state = state;
        this.heads = heads;
        this.nextNumber = nextNumber;
        directory = new TraceDirectory(context.Options.TraceDirectoryBytesMax);
        garbage = new SealingGarbage(context.Options.SealingGarbageBytesMax, context.Metrics.Collected);
        // Its work is long and not asynchronous: not on a thread of the pool.
        loop = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public long NextNumber() => Interlocked.Increment(ref nextNumber) - 1;

    /// <summary>Says that there is something to do.</summary>
    public void Wake() => work.Writer.TryWrite(true);

    public Task SealAsync() => InTurnAsync(() =>
    {
        heads.FinishHead(onlyWhenOld: false);
        SealHeads();
    });

    public Task CompactAsync(bool all) => InTurnAsync(() =>
    {
        while (CompactOnce(all))
        {
        }
    });

    public Task ApplyRetentionAsync() => InTurnAsync(ApplyRetention);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);
        // Whoever has the turn ends it first.
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        bool failed = false, isFirst = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!isFirst)
                    await WaitForWorkAsync(failed ? RetryInterval : context.Options.MaintenanceInterval).ConfigureAwait(false);
                Action next = isFirst ? EnterSegments : Pass;
                isFirst = false;
                await InTurnAsync(next).ConfigureAwait(false);
                failed = false;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, the thread must live: without it appends would wait for ever.
                failed = true;
                context.Metrics.Failure();
                context.Report.Add(new StoreIncident(StoreIncidentKind.WriteFailure, context.SegmentDirectory, $"Segments in '{context.SegmentDirectory}' cannot be written: {exception.Message}"));
            }
        }
    }

    private async Task WaitForWorkAsync(TimeSpan interval)
    {
        using var timer = new CancellationTokenSource(interval, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, timer.Token);
        try
        {
            await work.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
        }
    }

    private void Pass()
    {
        heads.FinishHead(onlyWhenOld: true);
        SealHeads();
        while (!heads.IsReplaying && CompactOnce(all: false))
            SealHeads();
        ApplyRetention();
    }

    private async Task InTurnAsync(Action action)
    {
        await turn.WaitAsync(stopping.Token).ConfigureAwait(false);
        try
        {
            action();
        }
        finally
        {
            turn.Release();
        }
    }
}
