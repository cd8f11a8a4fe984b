using System.Diagnostics.Metrics;
using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Heads;
using Clew.Storage.Segments.Search;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments;

/// <summary>
/// The embedded store: what is acknowledged is in a write-ahead log and in a searchable head; heads are sealed into columnar segment files, these are merged, and
/// deleted by age or size. See docs/ARCHITECTURE.md, "The embedded store".
/// </summary>
/// <remarks>
/// Threads: appends log in parallel and take turns at the head, for some microseconds each; one maintenance thread seals, merges and deletes; queries
/// run on their caller's thread over a view that they hold; dear ones have a few threads of the pool help.
/// </remarks>
public sealed partial class SegmentStore : ISpanStore
{
    // A head takes texts of some 85 MiB; half of it leaves room for what they cost besides.
    private const int PayloadBytesSurelyFit = 40 << 20;

    // Replaying fewer than these at the next start takes less than writing a segment that has to be merged with others.
    private const int SealedAtCloseRowsMin = 16 << 10;

    private readonly SegmentStoreOptions options;
    private readonly TimeProvider time;
    private readonly StoreMetrics metrics;
    private readonly StoreReport report;
    private readonly DirectoryLock directoryLock;
    private readonly StoreState state;
    private readonly HeadRoom room;
    private readonly Maintenance maintenance;
    private readonly SearchHelpers helpers;
    private readonly ArrayShelves shelves;
    private readonly Lock appendGate = new();
    private LiveHead head;
    private AppliedPositions positions;
    private WriteAheadLog? wal;
    private volatile bool isReplaying;
    private volatile bool isClosed;

    private SegmentStore(StoreContext context, DirectoryLock directoryLock, StoreFiles found)
    {
        options = context.Options;
        time = context.Time;
        metrics = context.Metrics;
        report = context.Report;
        this.directoryLock = directoryLock;
        DictionaryBlockCache.Shared.CapacityBytes = options.CacheBytes;
        helpers = new SearchHelpers(options.SearchHelpersMax ?? Math.Max(1, Environment.ProcessorCount / 2), metrics.SearchedAlone);
        room = new HeadRoom(options, time);
        // What one head takes: while one is filled, the one before gives its memory back.
        shelves = new ArrayShelves(options.HeadBytesMax, options.OverwritesReleasedHeads);
        head = new LiveHead(found.NextNumber, UnixTime.NowNs(time), new ColumnMemory(shelves));
        positions = new AppliedPositions(Math.Max(1, found.WalReplayFrom));
        state = new StoreState(head, found.Segments, found.CarriedTraces);
        maintenance = new Maintenance(context, state, this, found.NextNumber + 1);
    }

    /// <summary>Opens a data directory, creating it when it is not there, and replays what is only in the log.</summary>
    /// <exception cref="DirectoryLockedException">Another process has it open.</exception>
    /// <exception cref="StoreVersionException">Something in it was written by a newer version.</exception>
    /// <exception cref="StoreIoException">It cannot be read or written.</exception>
    public static ValueTask<SegmentStore> OpenAsync(SegmentStoreOptions options, Meter meter, TimeProvider time, Action<StoreIncident> onIncident, CancellationToken cancellationToken) =>
        OpenAsync(new PhysicalFileSystem(), options, meter, time, onIncident, cancellationToken);

    internal static async ValueTask<SegmentStore> OpenAsync(
        IFileSystem files, SegmentStoreOptions options, Meter meter, TimeProvider time, Action<StoreIncident> onIncident, CancellationToken cancellationToken)
    {
        var context = new StoreContext(files, options, time, new StoreMetrics(meter), new StoreReport(onIncident));
        DirectoryLock directoryLock = DirectoryLock.Take(files, options.Directory);
        SegmentStore? store = null;
        try
        {
            StoreFiles found = StoreFiles.Read(context);
            store = new SegmentStore(context, directoryLock, found);
            await store.OpenLogAsync(context, new WalMetrics(meter), found.WalReplayFrom, cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            if (store is not null)
                await store.DisposeAsync().ConfigureAwait(false);
            else
                directoryLock.Dispose();
            throw;
        }
    }

    public async ValueTask AppendAsync(SpanBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        if (batch.Spans.Count == 0)
            return;
        ThrowIfTooLarge(batch);
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        long position = await wal!.AppendAsync(LoggedBatch.RecordOf(batch)).ConfigureAwait(false);
        try
        {
            Apply(batch, position);
        }
        catch (StoreUnavailableException)
        {
            // Its sender hears of it, so nothing waits for it, or the log could never be released again. What is replayed was acknowledged: there the log keeps it.
            lock (appendGate)
                positions.Add(position);
            throw;
        }
    }

    public StoreStatistics GetStatistics() => state.Statistics;

    /// <summary>Lets appends in flight end, closes the files and gives the directory free. A head of some size becomes a segment; what is in a small one is in the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isClosed)
            return;
        isClosed = true;
        if (wal is not null && head.Table.RowCount >= SealedAtCloseRowsMin)
            await SealAtCloseAsync().ConfigureAwait(false);
        await maintenance.DisposeAsync().ConfigureAwait(false);
        if (wal is not null)
            await wal.DisposeAsync().ConfigureAwait(false);
        state.Close();
        directoryLock.Dispose();
    }

    private async Task SealAtCloseAsync()
    {
        try
        {
            await maintenance.SealAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it was, the log has the spans, and the files and the lock behind this must be let go of.
        }
    }

    /// <summary>Puts the rows of a logged batch into the head; from the return on queries find them.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It is in no head: memory ran out, say. Its sender sends it again, and should the log's record be replayed too, equal spans are kept once.
    /// </exception>
    private void Apply(SpanBatch batch, long position)
    {
        lock (appendGate)
        {
            if (MustBeginHead(batch))
                BeginHead();
            try
            {
                AppendToHead(batch, position);
            }
            catch (Exception exception) when (exception is not StoreUnavailableException)
            {
                // Nothing of the batch is visible, and this head takes nothing more. An empty one may: it has more room, and needs no larger arrays.
                ApplyToNewHead(batch, position);
            }
        }
    }

    private void ApplyToNewHead(SpanBatch batch, long position)
    {
        try
        {
            BeginHead();
            AppendToHead(batch, position);
        }
        catch (Exception exception)
        {
            string problem = $"Record {position} of the write-ahead log could not be put into memory: {exception.Message}";
            report.Add(new StoreIncident(StoreIncidentKind.AppendFailure, options.Directory, problem));
            throw new StoreUnavailableException(problem, exception);
        }
    }

    private void AppendToHead(SpanBatch batch, long position)
    {
        using ViewLease lease = state.Hold();
        HeadAppendResult result = head.Append(batch, position, new OlderTraces(lease.View, head), UnixTime.NowNs(time));
        positions.Add(position);
        state.CountAppended(result.Spans, result.NewTraces);
        metrics.Duplicates(batch.Spans.Count - result.Spans);
    }

    private bool MustBeginHead(SpanBatch batch) => !head.IsEmpty
        && (head.Table.RowCount + batch.Spans.Count > options.HeadRowsMax || head.Table.Bytes >= options.HeadBytesMax || !head.Table.HasRoomFor(batch));

    private void BeginHead()
    {
        // What needs memory comes first, so that nothing is half done when there is none.
        var next = new LiveHead(maintenance.NextNumber(), UnixTime.NowNs(time), new ColumnMemory(shelves, head.Table.Sizes()));
        if (head.IsEmpty)
        {
            state.ReplaceHead(head, next);
            head = next;
            return;
        }
        state.AddHead(next);
        head.Finish();
        head = next;
        room.HeadWaits();
        maintenance.Wake();
    }

    // What no head could take must not get into the log: it could not be replayed either. Asked of an empty head, so only of batches that are suspiciously large.
    private static void ThrowIfTooLarge(SpanBatch batch)
    {
        if (batch.Payload.Length > PayloadBytesSurelyFit && !new HeadTable().HasRoomFor(batch))
            throw new StoreUnavailableException($"A request that unfolds to {batch.Payload.Length} bytes is more than the store takes at once; send smaller ones.");
    }

    private void ThrowIfClosed()
    {
        if (isClosed)
            throw new StoreUnavailableException("The store is closed.");
    }
}
