using System.Diagnostics;
using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>The committer thread.</summary>
internal sealed partial class WriteAheadLog
{
    private readonly byte[] buffer = WalFileWriter.NewBuffer();
    private WalFileWriter? current;
    private uint nextNumber;
    private long nextPosition;
    private bool isFlushPending;

    /// <summary>The position the next record will have.</summary>
    public long NextPosition => Volatile.Read(ref nextPosition);

    private void Run()
    {
        var group = new List<PendingAppend>();
        while (WaitForWork(group, out bool flush, out bool probe))
        {
            if (probe)
                Probe();
            if (group.Count > 0)
                Commit(group);
            if (flush)
                FlushWritten();
            group.Clear();
        }
        FlushWritten();
        current?.Dispose();
        stopped.SetResult();
    }

    /// <summary>False when the log is closed and nothing is left to do.</summary>
    private bool WaitForWork(List<PendingAppend> group, out bool flush, out bool probe)
    {
        lock (gate)
        {
            while (queue.Count == 0 && !flushDue && !probeDue && !closing)
                Monitor.Wait(gate);
            long bytes = 0;
            while (queue.TryPeek(out PendingAppend? next) && (bytes == 0 || bytes + next.Bytes <= options.GroupBytesMax))
            {
                group.Add(queue.Dequeue());
                bytes += next.Bytes;
            }
            queuedBytes -= bytes;
            (flush, flushDue) = (flushDue, false);
            (probe, probeDue) = (probeDue, false);
            return group.Count > 0 || flush || probe || !closing;
        }
    }

    private void Commit(List<PendingAppend> group)
    {
        long position = nextPosition;
        long bytes = 0;
        WalFileWriter file;
        try
        {
            file = FileToAppend();
            foreach (PendingAppend append in group)
            {
                file.Add(append, position++);
                bytes += append.Bytes;
            }
            file.Write();
            if (options.Durability == WalDurability.Fsync)
                Flush(file);
        }
        catch (Exception exception)
        {
            // Whatever it was, the thread must live: without it every append would wait for ever.
            Fail(group, exception);
            return;
        }
        file.Keep();
        long first = nextPosition;
        Volatile.Write(ref nextPosition, position);
        metrics.Group(group.Count, bytes);
        if (options.Durability == WalDurability.Os && !isFlushPending)
        {
            isFlushPending = true;
            flushTimer.Change(options.OsSyncInterval, Timeout.InfiniteTimeSpan);
        }
        foreach (PendingAppend append in group)
            append.Complete(first++);
    }

    private WalFileWriter FileToAppend()
    {
        if (current is not null && current.Length < options.FileBytesMax)
            return current;
        FlushWritten();
        current?.Dispose();
        current = null;
        WalFileWriter file = WalFileWriter.Create(files, directory, nextNumber++, nextPosition, buffer, time);
        AddFile(new WalFile(file.Name, file.Path));
        return current = file;
    }

    private void Fail(List<PendingAppend> group, Exception exception)
    {
        metrics.Failure();
        Abandon();
        if (exception is DiskFullException)
            RefuseUntilSpaceReturns();
        foreach (PendingAppend append in group)
            append.Fail(Unavailable(exception));
    }

    private StoreUnavailableException Unavailable(Exception exception) =>
        new(problem ?? $"The batch could not be written down: {exception.Message}", exception);

    /// <summary>Ends the current file after a failure. What it holds up to the last acknowledged group stays.</summary>
    private void Abandon()
    {
        if (current is null)
            return;
        current.CutToKept();
        FlushWritten();
        current?.Dispose();
        current = null;
    }

    private void Flush(WalFileWriter file)
    {
        long start = time.GetTimestamp();
        file.Flush();
        metrics.Sync(time.GetElapsedTime(start));
    }

    /// <summary>
    /// Flushes what was acknowledged before (<see cref="WalDurability.Os"/>). A failure concerns no append that anybody waits for: it is counted, the file is ended, and
    /// a replay after a power loss would report what is missing.
    /// </summary>
    private void FlushWritten()
    {
        if (!isFlushPending)
            return;
        isFlushPending = false;
        Debug.Assert(current is not null);
        try
        {
            Flush(current);
        }
        catch (StoreIoException)
        {
            metrics.Failure();
            current.Dispose();
            current = null;
        }
    }

    private void RefuseUntilSpaceReturns()
    {
        List<PendingAppend> refused;
        lock (gate)
        {
            problem = $"The disk is full: nothing can be stored in '{directory}' until space is freed. What is stored can be read.";
            refused = [.. queue];
            queue.Clear();
            queuedBytes = 0;
        }
        foreach (PendingAppend append in refused)
            append.Fail(new StoreUnavailableException(problem));
        probeTimer.Change(options.ProbeInterval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sees whether there is space again: enough is free, and a file can be begun.</summary>
    private void Probe()
    {
        try
        {
            if (files.FreeBytes(directory) >= options.RecoveryBytesMin)
            {
                _ = FileToAppend();
                problem = null;
                return;
            }
        }
        catch (StoreIoException)
        {
            metrics.Failure();
        }
        probeTimer.Change(options.ProbeInterval, Timeout.InfiniteTimeSpan);
    }
}
