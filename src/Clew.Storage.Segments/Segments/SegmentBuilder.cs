using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Segments;

/// <summary>
/// Makes a segment file of one or several tables: of a head that is sealed, or of segments that are compacted. Works column by column on codes and numbers; no
/// span is ever made.
/// </summary>
internal static class SegmentBuilder
{
    /// <summary>
    /// Writes the file under a name nobody reads, flushes it, renames it and flushes the directory: whoever finds it finds all of it. After an exception
    /// there is no file of the name, or, when only the last flush failed, a whole one that may be gone after a power loss.
    /// </summary>
    /// <param name="files">Where to.</param>
    /// <param name="directory">Exists.</param>
    /// <param name="write">What the spans do not say.</param>
    /// <param name="inputs">Tables with at least one span between them. Of equal starts within a trace those of earlier tables come first.</param>
    /// <param name="cancellation">Looked at between columns.</param>
    /// <exception cref="StoreIoException">The operating system refused.</exception>
    /// <exception cref="SegmentFormatException">An input is damaged.</exception>
    /// <exception cref="InvalidOperationException">The inputs have no span, or more than a segment has room for.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static SegmentInfo Write(IFileSystem files, string directory, SegmentWrite write, IReadOnlyList<SpanTable> inputs, CancellationToken cancellation)
    {
        // What no reader would take is not written: the inputs may be deleted once this returns.
        ArgumentOutOfRangeException.ThrowIfNegative(write.Number, nameof(write));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(write.Arrival.FromNs, write.Arrival.ToNs, nameof(write));
        if (write.Extras.Any(static extra => extra.Number < 0) || write.Extras.DistinctBy(static extra => extra.Number).Count() != write.Extras.Count)
            throw new ArgumentException("Extras have numbers of their own, from 0.", nameof(write));
        using RowOrder order = RowOrder.Of(inputs);
        string unfinished = Path.Combine(directory, SegmentFileName.Unfinished(write.Number));
        try
        {
            // One that a crash left behind.
            files.Delete(unfinished);
            SegmentInfo info;
            using (IStoreFile file = files.Create(unfinished))
                info = WriteFile(file, write, inputs, order, cancellation);
            files.Rename(unfinished, Path.Combine(directory, SegmentFileName.Of(write.Number)));
            files.SyncDirectory(directory);
            return info;
        }
        catch
        {
            BestEffort.Delete(files, unfinished);
            throw;
        }
    }

    private static SegmentInfo WriteFile(IStoreFile file, SegmentWrite write, IReadOnlyList<SpanTable> inputs, RowOrder order, CancellationToken cancellation)
    {
        var output = new SegmentOutput(file);
        var content = new SegmentContent(inputs, order, output, cancellation);
        content.Write();
        foreach (ISegmentExtra extra in write.Extras)
        {
            extra.Write(output.Writer);
            output.End(SegmentSection.Extra, extra.Number);
        }
        cancellation.ThrowIfCancellationRequested();
        var info = new SegmentInfo
        {
            Number = write.Number,
            Rows = order.RowCount,
            Traces = order.TraceCount,
            // Counts of inputs add up to more when one of them could not be read for a while, and a trace was taken for new again.
            NewTraces = Math.Min(write.NewTraces, order.TraceCount),
            Arrival = write.Arrival,
            Starts = StartRanges.Of(order.StartsNs),
            HasTracesWithoutTime = content.HasTracesWithoutTime,
            WalReplayFrom = write.WalReplayFrom,
            Replaces = write.Replaces,
        };
        long bytes = output.Finish(new SegmentFooter
        {
            Info = info,
            EventRows = content.EventRows,
            LinkRows = content.LinkRows,
            UntimedRows = content.UntimedRows,
            Entries = output.Entries,
        });
        return info with { Bytes = bytes };
    }
}
