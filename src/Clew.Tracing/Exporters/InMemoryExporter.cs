using System.Diagnostics;
using OpenTelemetry;

namespace Clew.Tracing.Exporters;

/// <summary>Keeps the last spans for a test to look at. Thread-safe.</summary>
/// <param name="capacity">Spans kept; older ones go, and are counted in <see cref="Dropped"/>.</param>
public sealed class InMemoryExporter(int capacity = 10_000) : BaseExporter<Activity>
{
    private readonly Lock gate = new();
    private readonly Queue<Activity> kept = new();
    private readonly int capacity = capacity > 0 ? capacity : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "At least one span must be kept.");
    private TaskCompletionSource changed = NewSignal();
    private long dropped;

    /// <summary>The spans kept now, the oldest first.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (gate)
                return [.. kept];
        }
    }

    /// <summary>Spans that gave way to newer ones.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        lock (gate)
        {
            foreach (Activity span in batch)
            {
                if (kept.Count == capacity)
                {
                    kept.Dequeue();
                    Interlocked.Increment(ref dropped);
                }
                kept.Enqueue(span);
            }
            changed.TrySetResult();
            changed = NewSignal();
        }
        return ExportResult.Success;
    }

    /// <summary>Waits until the kept spans are as wanted, and returns those.</summary>
    /// <exception cref="OperationCanceledException">They did not become so before <paramref name="cancellation"/>.</exception>
    public async Task<IReadOnlyList<Activity>> WaitAsync(Func<IReadOnlyList<Activity>, bool> wanted, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        while (true)
        {
            Task next;
            IReadOnlyList<Activity> now;
            lock (gate)
            {
                next = changed.Task;
                now = [.. kept];
            }
            if (wanted(now))
                return now;
            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets all spans, as between two tests.</summary>
    public void Clear()
    {
        lock (gate)
            kept.Clear();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
