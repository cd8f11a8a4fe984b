using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;

namespace Clew.Storage.Segments.Store;

/// <summary>The segments of a data directory as it is found.</summary>
internal sealed record StoreFiles(IReadOnlyList<LiveSegment> Segments, long NextNumber, long WalReplayFrom, long CarriedTraces)
{
    public const string SegmentDirectory = "segments";
    public const string LogDirectory = "wal";

    /// <summary>
    /// Opens all segments, tidies up what an end in the middle of something left behind, and sets aside what is damaged. What a segment replaces does not count where the
    /// segment itself is there; what cannot be opened replaces nothing.
    /// </summary>
    /// <exception cref="StoreVersionException">One was written by a newer version: nothing is changed.</exception>
    public static StoreFiles Read(StoreContext context)
    {
        context.Files.CreateDirectory(context.SegmentDirectory);
        var opened = new List<LiveSegment>();
        long lastNumber = 0;
        try
        {
            foreach (string name in context.Files.ListFiles(context.SegmentDirectory))
            {
                if (!SegmentFileName.TryParse(name, out long number))
                    continue;
                lastNumber = Math.Max(lastNumber, number);
                if (Open(context, Path.Combine(context.SegmentDirectory, name)) is { } segment)
                    opened.Add(segment);
            }
        }
        catch
        {
            opened.ForEach(static segment => segment.File.Dispose());
            throw;
        }
        foreach (string name in context.Files.ListFiles(context.SegmentDirectory))
        {
            if (name.EndsWith(SegmentFileName.UnfinishedExtension, StringComparison.Ordinal))
                BestEffort.Delete(context.Files, Path.Combine(context.SegmentDirectory, name));
        }
        LogCheckpoint retained = LogCheckpoint.Read(context.Files, context.SegmentDirectory);
        long replayFrom = opened.Select(static segment => segment.Info.WalReplayFrom).Append(retained.Position).Max();
        HashSet<long> replaced = [.. opened.SelectMany(static segment => segment.Info.Replaces)];
        // A merge that had to be tried again may have taken in segments with numbers above its own: another that got such a number would count as replaced.
        lastNumber = replaced.Append(lastNumber).Max();
        foreach (LiveSegment old in opened.Where(segment => replaced.Contains(segment.Info.Number)))
        {
            old.File.Dispose();
            BestEffort.Delete(context.Files, old.Path);
        }
        return new StoreFiles([.. opened.Where(segment => !replaced.Contains(segment.Info.Number))], lastNumber + 1, replayFrom, retained.CarriedTraces);
    }

    private static LiveSegment? Open(StoreContext context, string path)
    {
        try
        {
            return new LiveSegment(context.Files, SegmentFile.Open(context.Files, path), path);
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException)
        {
            context.Metrics.Damaged();
            context.Report.Add(new StoreIncident(StoreIncidentKind.SegmentDamage, path, $"The segment '{path}' cannot be opened and is left out: {exception.Message}"));
            return null;
        }
    }
}
