using Clew.Model;
using Clew.Storage.Segments.Analytics;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Store;

internal sealed partial class Maintenance
{
    // A hundredth of a second or so, after which heads are looked at.
    private const int EnteredAtOnce = 8;

    private void SealHeads()
    {
        while (true)
        {
            using ViewLease lease = state.Hold();
            LiveHead head = lease.View.Heads[0];
            if (head.Final is not { } table)
                return;
            long replayFrom = heads.ReplayFrom(head);
            LiveSegment segment = Write("seal", [table], new SegmentWrite
            {
                Number = head.Number,
                NewTraces = head.NewTraces,
                Arrival = head.Arrival,
                WalReplayFrom = replayFrom,
                Extras = SegmentAnalytics.OfHead(new AnalyticsTable(table, head.Memory), lease.View.Segments.Select(ForAnalytics), stopping.Token),
            });
            state.Sealed(head, segment);
            heads.Sealed(replayFrom);
            garbage.Limit();
        }
    }

    /// <summary>Enters the segments that were there at the start into the directory of traces. Heads that are full meanwhile come first: appends wait for them.</summary>
    private void EnterSegments()
    {
        while (EnterSome())
            SealHeads();
    }

    /// <summary>Enters some segments, and lets readers profit; false when there are no more.</summary>
    private bool EnterSome()
    {
        using ViewLease lease = state.Hold();
        LiveSegment[] some = [.. lease.View.Segments.Where(static segment => !segment.IsEntered).Take(EnteredAtOnce)];
        if (some.Length == 0)
            return false;
        foreach (LiveSegment segment in some)
        {
            stopping.Token.ThrowIfCancellationRequested();
            if (!TryEnter(segment))
                SetAsideDamaged([segment]);
        }
        state.Entered();
        return true;
    }

    /// <summary>False when the segment turns out to be damaged.</summary>
    private bool TryEnter(LiveSegment segment)
    {
        try
        {
            if (!segment.Enter(directory))
                context.Metrics.LeftOutOfDirectory();
            return true;
        }
        catch (StoreIoException)
        {
            // It is asked itself, and whoever does that finds out what is wrong.
            return true;
        }
        catch (SegmentFormatException)
        {
            return false;
        }
    }

    /// <summary>Merges one run of segments; false when there is none to merge.</summary>
    private bool CompactOnce(bool all)
    {
        using ViewLease lease = state.Hold();
        IReadOnlyList<LiveSegment> segments = lease.View.Segments;
        Range run = all
            ? CompactionPlan.ChooseAny(Infos(segments), context.Options)
            : CompactionPlan.Choose(Infos(segments), context.Options, UnixTime.NowNs(context.Time));
        LiveSegment[] inputs = [.. segments.Take(run)];
        if (inputs.Length == 0)
            return false;
        try
        {
            // One that failed may have left a whole file behind, which replaces its inputs as well as this one would: it must be overwritten, not joined by another.
            long number = numberInWork ??= NextNumber();
            state.Merged(inputs, Write("compact", [.. inputs.Select(static input => input.File.Table)], new SegmentWrite
            {
                Number = number,
                NewTraces = inputs.Sum(static input => input.Info.NewTraces),
                Arrival = new TimeRange(inputs.Min(static input => input.Info.Arrival.FromNs), inputs.Max(static input => input.Info.Arrival.ToNs)),
                WalReplayFrom = inputs.Max(static input => input.Info.WalReplayFrom),
                // What the inputs replaced may still be on the disk: a reader may hold it, or deleting it failed.
                Replaces = [.. inputs.SelectMany(static input => input.Info.Replaces.Append(input.Info.Number))],
                Extras = SegmentAnalytics.OfMerged([.. inputs.Select(ForAnalytics)], segments.Select(ForAnalytics), number, stopping.Token),
            }));
            numberInWork = null;
            return true;
        }
        catch (SegmentFormatException)
        {
            LiveSegment[] damaged = SetAsideDamaged(inputs);
            if (damaged.Length == 0)
                throw;
            return true;
        }
    }

    private void ApplyRetention()
    {
        using ViewLease lease = state.Hold();
        long nowNs = UnixTime.NowNs(context.Time);
        long bytes = lease.View.Segments.Sum(static segment => segment.Info.Bytes);
        IReadOnlyList<LiveSegment> segments = lease.View.Segments;
        var numbers = new List<int>();
        for (int number = 0; number < segments.Count; number++)
        {
            SegmentInfo info = segments[number].Info;
            bool isOld = context.Options.RetentionAge is { } age && info.Arrival.ToNs < nowNs - age.Ticks * 100;
            if (!isOld && !(bytes > context.Options.RetentionBytes))
                continue;
            numbers.Add(number);
            bytes -= info.Bytes;
        }
        if (numbers.Count == 0)
            return;
        LiveSegment[] dropped = [.. numbers.Select(number => segments[number])];
        long goneTraces = GoneTraces.Count(lease.View.Tables(), numbers, stopping.Token);
        // With them goes what they say of the log, and of traces that are also elsewhere.
        new LogCheckpoint(segments.Max(static segment => segment.Info.WalReplayFrom), state.CarriedTraces + StoreState.NewTraces(dropped) - goneTraces)
            .Write(context.Files, context.SegmentDirectory);
        state.Drop(dropped, goneTraces);
    }

    /// <summary>Looks at all bytes of the segments and takes those away that are damaged.</summary>
    public LiveSegment[] SetAsideDamaged(IEnumerable<LiveSegment> suspects)
    {
        var damaged = new List<LiveSegment>();
        foreach (LiveSegment segment in suspects)
        {
            IReadOnlyList<string> findings = segment.File.Verify(CancellationToken.None);
            if (findings.Count == 0)
                continue;
            damaged.Add(segment);
            context.Metrics.Damaged();
            context.Report.Add(new StoreIncident(StoreIncidentKind.SegmentDamage, segment.Path, $"The segment '{segment.Path}' is damaged and left out from now on: {findings[0]}"));
        }
        if (damaged.Count > 0)
            state.SetAside(damaged);
        return [.. damaged];
    }

    private LiveSegment Write(string purpose, IReadOnlyList<SpanTable> inputs, SegmentWrite write)
    {
        long started = context.Time.GetTimestamp();
        SegmentInfo info = SegmentBuilder.Write(context.Files, context.SegmentDirectory, write, inputs, stopping.Token);
        string path = Path.Combine(context.SegmentDirectory, SegmentFileName.Of(info.Number));
        var segment = new LiveSegment(context.Files, SegmentFile.Open(context.Files, path), path);
        context.Metrics.Written(purpose, info.Rows, context.Time.GetElapsedTime(started));
        // Before anybody can see it, so that nobody has to ask its own filter. Should it be damaged already, whoever reads it finds out.
        TryEnter(segment);
        return segment;
    }

    private static AnalyticsTable ForAnalytics(LiveSegment segment) => new(segment.File.Table, segment.Memory);

    private static SegmentInfo[] Infos(IReadOnlyList<LiveSegment> segments) => [.. segments.Select(static segment => segment.Info)];
}
