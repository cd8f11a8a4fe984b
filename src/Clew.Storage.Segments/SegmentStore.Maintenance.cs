using Clew.Model;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments;

/// <summary>What the maintenance thread and the start need of the store.</summary>
public sealed partial class SegmentStore : IHeadSource
{
    long IHeadSource.ReplayFrom(LiveHead sealedHead)
    {
        lock (appendGate)
        {
            using ViewLease lease = state.Hold();
            long first = positions.FirstMissing;
            foreach (LiveHead other in lease.View.Heads)
            {
                if (other != sealedHead)
                    first = Math.Min(first, other.FirstPosition);
            }
            return first;
        }
    }

    void IHeadSource.Sealed(long replayFrom)
    {
        room.HeadSealed();
        wal?.ReleaseBefore(replayFrom);
    }

    void IHeadSource.FinishHead(bool onlyWhenOld)
    {
        lock (appendGate)
        {
            if (!head.IsEmpty && (!onlyWhenOld || UnixTime.NowNs(time) - head.Arrival.FromNs >= options.HeadAgeMax.Ticks * 100))
                BeginHead();
        }
    }

    /// <summary>Seals what is in memory now, whatever its size.</summary>
    internal Task SealAsync() => maintenance.SealAsync();

    /// <summary>Merges until nothing more is worth it.</summary>
    /// <param name="all">Merges all neighbours that fit one segment, worth it or not.</param>
    internal Task CompactAsync(bool all) => maintenance.CompactAsync(all);

    /// <summary>Deletes what retention no longer keeps.</summary>
    internal Task ApplyRetentionAsync() => maintenance.ApplyRetentionAsync();

    bool IHeadSource.IsReplaying => isReplaying;

    private async ValueTask OpenLogAsync(StoreContext context, WalMetrics walMetrics, long replayFrom, CancellationToken cancellationToken)
    {
        isReplaying = true;
        await using (var replay = new LogReplay(ReplayAsync, ReportUndecodable))
        {
            wal = await WriteAheadLog.OpenAsync(
                context.Files,
                Path.Combine(options.Directory, StoreFiles.LogDirectory),
                new WalOptions { Durability = options.Durability },
                walMetrics,
                time,
                replayFrom,
                replay.AddAsync,
                cancellationToken).ConfigureAwait(false);
        }
        foreach (WalDamage damage in wal.Recovery.Damage)
            report.Add(new StoreIncident(StoreIncidentKind.LogDamage, damage.Path, damage.ToString()));
        // What is missing stays missing: nothing waits for it.
        lock (appendGate)
            positions = new AppliedPositions(wal.Recovery.NextPosition);
        isReplaying = false;
        if (wal.Recovery.Records > 0)
            maintenance.Wake();

        async ValueTask ReplayAsync(SpanBatch batch, long position)
        {
            // Memory stays bounded however long the log is: heads are sealed while it is replayed.
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            Apply(batch, position);
        }
    }

    private void ReportUndecodable(long position, Exception exception)
    {
        metrics.Undecodable();
        report.Add(new StoreIncident(StoreIncidentKind.LogDamage, options.Directory, $"Record {position} of the write-ahead log cannot be decoded: {exception.Message}"));
    }
}
