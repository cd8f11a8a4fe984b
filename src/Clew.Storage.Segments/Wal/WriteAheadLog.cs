using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// Takes batches down before they are acknowledged, and gives them back after the process ended in any way. <c>docs/format/wal.md</c> describes the files.
/// </summary>
/// <remarks>
/// <para>Group commit: appends queue up, and one committer thread writes all that is queued at once and flushes once for all of them, while the next queue up. A
/// single sender waits for one flush; many share it.</para>
/// <para>Any thread may append or release. The open file belongs to the committer thread. It is a thread and no task because it spends its life in blocking
/// calls.</para>
/// <para>A failed write or flush fails the appends of its group and no others, and ends the file: nothing can be said about it afterwards. The next group
/// begins a new file from the first position that was not acknowledged, so that whatever of the failed group is in the old file is passed over by a replay.
/// When the disk is full all appends are refused at once until a probe finds space.</para>
/// </remarks>
internal sealed partial class WriteAheadLog : IAsyncDisposable
{
    private readonly IFileSystem files;
    private readonly string directory;
    private readonly WalOptions options;
    private readonly WalMetrics metrics;
    private readonly TimeProvider time;
    private readonly ITimer flushTimer;
    private readonly ITimer probeTimer;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Guards the queue and the flags of the committer's work, which waits on it.</summary>
    private readonly object gate = new();
    private readonly Queue<PendingAppend> queue = [];
    private long queuedBytes;
    private bool flushDue;
    private bool probeDue;
    private bool closing;
    private volatile string? problem;

    private WriteAheadLog(IFileSystem files, string directory, WalOptions options, WalMetrics metrics, TimeProvider time, WalRecovery recovery)
    {
        this.files = files;
        this.directory = directory;
        this.options = options;
        this.metrics = metrics;
        this.time = time;
        Recovery = recovery;
        logFiles = [.. recovery.Files];
        nextNumber = recovery.NextNumber;
        nextPosition = recovery.NextPosition;
        flushTimer = time.CreateTimer(_ => Signal(ref flushDue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        probeTimer = time.CreateTimer(_ => Signal(ref probeDue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        new Thread(Run) { IsBackground = true, Name = "clew-wal" }.Start();
    }

    /// <summary>What the replay found.</summary>
    public WalRecovery Recovery { get; }

    /// <summary>Why appends are refused at present; null when they are not.</summary>
    public string? Problem => problem;

    /// <summary>Replays what is in the directory and opens the log for appending. The caller holds the directory's lock.</summary>
    /// <param name="files">Where the directory is.</param>
    /// <param name="directory">The log's own; created when missing.</param>
    /// <param name="options">How to write.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">For timers and durations.</param>
    /// <param name="replayFrom">First position that is wanted: those before are in segments. 0 for all that is there.</param>
    /// <param name="replay">Is given each record in order; its memory is valid until the task completes. An exception ends the opening.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="StoreVersionException">Files of a version this code cannot read.</exception>
    /// <exception cref="StoreIoException">The directory or a file in it cannot be opened.</exception>
    public static async ValueTask<WriteAheadLog> OpenAsync(
        IFileSystem files,
        string directory,
        WalOptions options,
        WalMetrics metrics,
        TimeProvider time,
        long replayFrom,
        Func<long, WalRecord, ValueTask> replay,
        CancellationToken cancellationToken)
    {
        files.CreateDirectory(directory);
        WalRecovery recovery = await WalReplay.RunAsync(files, directory, metrics, replayFrom, replay, cancellationToken).ConfigureAwait(false);
        return new WriteAheadLog(files, directory, options, metrics, time, recovery);
    }

    /// <summary>
    /// Appends a record; the result is its position. Completes when the record is as durable as <see cref="WalOptions.Durability"/> says. Cannot be cancelled:
    /// once queued, the record may be on the disk.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It was not acknowledged. It may nevertheless be replayed if the process ends before another append.</exception>
    /// <exception cref="ArgumentException">The record cannot be written at all.</exception>
    public Task<long> AppendAsync(WalRecord record)
    {
        if (problem is string reason)
            return Task.FromException<long>(new StoreUnavailableException(reason));
        var append = new PendingAppend(record);
        lock (gate)
        {
            if (closing)
                return Task.FromException<long>(new StoreUnavailableException("The write-ahead log is closed."));
            // Again, under the lock: the queue was emptied when the disk became full, and what came after would wait for ever.
            if (problem is string current)
                return Task.FromException<long>(new StoreUnavailableException(current));
            // A record that is larger than the bound itself still has to pass.
            if (queue.Count > 0 && queuedBytes + append.Bytes > options.QueueBytesMax)
                return Task.FromException<long>(new StoreUnavailableException($"The disk is too slow: {queuedBytes} bytes wait to be written to '{directory}' already."));
            queue.Enqueue(append);
            queuedBytes += append.Bytes;
            Monitor.Pulse(gate);
        }
        return append.Completion;
    }

    /// <summary>Writes what is queued, flushes it and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        Signal(ref closing);
        await stopped.Task.ConfigureAwait(false);
        await flushTimer.DisposeAsync().ConfigureAwait(false);
        await probeTimer.DisposeAsync().ConfigureAwait(false);
    }

    private void Signal(ref bool flag)
    {
        lock (gate)
        {
            flag = true;
            Monitor.Pulse(gate);
        }
    }
}
