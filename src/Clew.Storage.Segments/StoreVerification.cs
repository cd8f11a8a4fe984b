using Clew.Model;
using Clew.Storage.Segments.Files;
using Clew.Storage.Segments.Segments;
using Clew.Storage.Segments.Store;
using Clew.Storage.Segments.Wal;

namespace Clew.Storage.Segments;

/// <summary>What a check of a data directory found.</summary>
/// <param name="Segments">Segments there are.</param>
/// <param name="Spans">Spans in those that are whole.</param>
/// <param name="LogRecords">Records of the write-ahead log that can be decoded and are in no segment yet.</param>
/// <param name="Problems">What is wrong, a line each.</param>
public sealed record StoreVerificationResult(int Segments, long Spans, long LogRecords, IReadOnlyList<string> Problems);

/// <summary>Reads every byte of a data directory and says what is wrong. Changes nothing but the lock files.</summary>
public static class StoreVerification
{
    /// <param name="directory">A data directory that no process has open.</param>
    /// <param name="progress">Is given each file before it is read.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="DirectoryLockedException">A process has it open.</exception>
    /// <exception cref="StoreIoException">There is no such directory.</exception>
    public static StoreVerificationResult Run(string directory, Action<string> progress, CancellationToken cancellationToken) =>
        Run(new PhysicalFileSystem(), directory, progress, cancellationToken);

    internal static StoreVerificationResult Run(IFileSystem files, string directory, Action<string> progress, CancellationToken cancellationToken)
    {
        using DirectoryLock held = DirectoryLock.Take(files, directory);
        var problems = new List<string>();
        var infos = new List<SegmentInfo>();
        int segments = 0;
        string segmentDirectory = Path.Combine(directory, StoreFiles.SegmentDirectory);
        foreach (string name in files.ListFiles(segmentDirectory))
        {
            if (!SegmentFileName.TryParse(name, out _))
                continue;
            segments++;
            string path = Path.Combine(segmentDirectory, name);
            progress(path);
            CheckSegment(files, path, infos, problems, cancellationToken);
        }
        HashSet<long> replaced = [.. infos.SelectMany(static info => info.Replaces)];
        infos.RemoveAll(info => replaced.Contains(info.Number));
        long replayFrom = infos.Select(static info => info.WalReplayFrom).Append(LogCheckpoint.Read(files, segmentDirectory).Position).Max();
        return new StoreVerificationResult(
            segments, infos.Sum(static info => (long)info.Rows), CheckLog(files, directory, replayFrom, progress, problems, cancellationToken), problems);
    }

    private static void CheckSegment(IFileSystem files, string path, List<SegmentInfo> infos, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            using SegmentFile segment = SegmentFile.Open(files, path);
            IReadOnlyList<string> findings = segment.Verify(cancellationToken);
            problems.AddRange(findings.Select(finding => $"{path}: {finding}"));
            if (findings.Count == 0)
                infos.Add(segment.Info);
        }
        catch (Exception exception) when (exception is SegmentFormatException or StoreIoException or StoreVersionException)
        {
            problems.Add($"{path}: {exception.Message}");
        }
    }

    private static long CheckLog(
        IFileSystem files, string directory, long replayFrom, Action<string> progress, List<string> problems, CancellationToken cancellationToken)
    {
        string logDirectory = Path.Combine(directory, StoreFiles.LogDirectory);
        progress(logDirectory);
        var decoder = new LoggedBatchDecoder();
        long records = 0;
        try
        {
            WalFiles.Read(files, logDirectory, Check, Report, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreIoException or StoreVersionException)
        {
            problems.Add(exception.Message);
        }
        return records;

        void Check(long position, WalRecord record)
        {
            if (position < replayFrom)
                return;
            try
            {
                decoder.Decode(record);
                records++;
            }
            catch (Exception exception) when (exception is SpanFormatException or InvalidDataException)
            {
                problems.Add($"{logDirectory}: record {position} cannot be decoded: {exception.Message}");
            }
        }

        void Report(WalFile file, WalGap gap)
        {
            bool isMissing = gap.FirstMissing <= gap.LastMissing;
            if (!isMissing || gap.LastMissing >= replayFrom)
                problems.Add(new WalDamage(gap.Kind, file.Path, gap.Offset, gap.Bytes, isMissing ? gap.FirstMissing : 0, isMissing ? gap.LastMissing : 0, null).ToString());
        }
    }
}
