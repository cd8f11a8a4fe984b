namespace Clew.Tracing.Exporters.Delivery;

/// <summary>
/// Sends encoded requests in the order they were made and keeps at it until the server takes them. Age decides where a request is: the newest
/// in memory, older ones, when memory is full, in the spool, which is sent first. One pump sends; <see cref="Enqueue(EncodedRequest)"/> may be called from
/// any thread and never waits for the network.
/// </summary>
internal sealed partial class DeliveryQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<EncodedRequest> waiting = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource abort = new();
    private readonly HttpSender sender;
    private readonly DeliveryOptions options;
    private readonly DeliveryCounters counters;
    private readonly DiskSpool? spool;
    private readonly Task pump;
    private long waitingBytes;
    private long lastStamp;
    private EncodedRequest? sending;
    private TaskCompletionSource? idle;
    private bool closed;

    // Requests taken from memory that are not in the spool yet, and how many arrived there.
    private int spilling;
    private int spills;

    public DeliveryQueue(HttpSender sender, DeliveryOptions options, DeliveryCounters counters, string spoolName)
    {
        this.sender = sender;
        this.options = options;
        this.counters = counters;
        spool = options.SpoolDirectory is null
            ? null
            : new DiskSpool(Path.Combine(options.SpoolDirectory, spoolName), options.SpoolBytesMax, options.TimeProvider);
        // The pump must not run under the activity or culture of whoever happened to build the exporter.
        using (ExecutionContext.SuppressFlow())
            pump = Task.Run(PumpAsync);
    }

    /// <summary>Accepts a request, copying it.</summary>
    /// <returns>False when it was dropped at once.</returns>
    public bool Enqueue(ReadOnlySpan<byte> body, int spanCount) => Enqueue(EncodedRequest.CopyOf(body, spanCount));

    /// <summary>Accepts a request, which is the queue's from then on.</summary>
    /// <returns>False when it was dropped at once.</returns>
    public bool Enqueue(EncodedRequest request)
    {
        counters.AddQueued(request.SpanCount);
        List<EncodedRequest>? displaced = null;
        bool isClosed;
        lock (gate)
        {
            request.Stamp = NextStamp();
            isClosed = closed;
            if (!isClosed)
            {
                waiting.Enqueue(request);
                waitingBytes += request.MemoryBytes;
            }
            while (waitingBytes > options.MemoryBytesMax)
                (displaced ??= []).Add(Dequeue());
            spilling += displaced?.Count ?? 0;
        }
        if (isClosed)
            return Spill(request, DropReasons.Shutdown);
        bool kept = true;
        foreach (EncodedRequest older in displaced ?? [])
        {
            kept &= Spill(older, DropReasons.QueueFull) || older != request;
            lock (gate)
            {
                spilling--;
                spills++;
            }
        }
        Wake();
        return kept;
    }

    /// <summary>Waits until nothing is queued in memory.</summary>
    /// <returns>False when that took longer than <paramref name="limit"/>.</returns>
    public bool Flush(TimeSpan limit)
    {
        Task emptied;
        lock (gate)
        {
            if (waiting.Count == 0 && sending is null)
                return true;
            idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            emptied = idle.Task;
        }
        return Waited(emptied, limit);
    }

    /// <summary>Sends what it can within <paramref name="limit"/>; the rest goes to the spool, or is dropped and counted. Once.</summary>
    /// <returns>False when something was left unsent.</returns>
    public bool Shutdown(TimeSpan limit)
    {
        lock (gate)
        {
            if (closed)
                return true;
            closed = true;
        }
        stop.Cancel();
        if (!Waited(pump, limit))
        {
            // Ends the attempt under way; what then remains is writing to the spool.
            abort.Cancel();
            pump.GetAwaiter().GetResult();
        }
        return !SpillRest();
    }

    public void Dispose()
    {
        Shutdown(TimeSpan.Zero);
        spool?.Dispose();
        sender.Dispose();
        stop.Dispose();
        abort.Dispose();
        wake.Dispose();
    }

    private bool Waited(Task task, TimeSpan limit)
    {
        try
        {
            task.WaitAsync(limit, options.TimeProvider).GetAwaiter().GetResult();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ticks of the clock, made unique and rising: the order outlives the process in the names of spooled files.</summary>
    private long NextStamp() => lastStamp = Math.Max(lastStamp + 1, options.TimeProvider.GetUtcNow().Ticks);

    private EncodedRequest Dequeue()
    {
        EncodedRequest request = waiting.Dequeue();
        waitingBytes -= request.MemoryBytes;
        return request;
    }

    private bool SpillRest()
    {
        bool any = false;
        while (true)
        {
            EncodedRequest? request;
            lock (gate)
            {
                request = sending ?? (waiting.Count > 0 ? Dequeue() : null);
                sending = null;
                // Nobody is left to tell who waits in a flush.
                if (request is null)
                    idle?.TrySetResult();
            }
            if (request is null)
                return any;
            any = true;
            if (request.SpooledAs is null)
                Spill(request, DropReasons.Shutdown);
            else
                request.Release();
        }
    }

    private bool Spill(EncodedRequest request, string reasonWithoutSpool)
    {
        try
        {
            if (spool is null)
            {
                counters.AddDropped(request.SpanCount, reasonWithoutSpool);
                return false;
            }
            int evicted = spool.Write(request);
            counters.AddSpooled(request.SpanCount);
            if (evicted > 0)
                counters.AddDropped(evicted, DropReasons.SpoolFull);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            counters.AddDropped(request.SpanCount, DropReasons.SpoolFailed);
            return false;
        }
        finally
        {
            request.Release();
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            if (!closed && wake.CurrentCount == 0)
                wake.Release();
        }
    }
}
