namespace Clew.Storage.Segments.Store;

/// <summary>Makes appends wait while too many heads wait to be sealed: memory is bounded by it.</summary>
internal sealed class HeadRoom(SegmentStoreOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource freed = NewSignal();
    private int waiting;

    public void HeadWaits()
    {
        lock (gate)
            waiting++;
    }

    public void HeadSealed()
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            waiting--;
            (signal, freed) = (freed, NewSignal());
        }
        signal.SetResult();
    }

    /// <exception cref="StoreUnavailableException">There was none in time.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task signal;
            lock (gate)
            {
                if (waiting <= options.HeadsWaitingMax)
                    return;
                signal = freed.Task;
            }
            try
            {
                await signal.WaitAsync(options.SealWait, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new StoreUnavailableException($"The store cannot write segments as fast as spans arrive: {waiting} heads wait for it.");
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
