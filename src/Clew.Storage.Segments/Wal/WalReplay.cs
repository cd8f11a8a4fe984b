using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Wal;

/// <summary>
/// Gives back what a log directory holds, in order and with the memory of one record. Changes nothing but for putting copies of unreadable bytes beside the
/// log; a replay that ends half-way can be repeated.
/// </summary>
internal sealed class WalReplay
{
    /// <summary>Damages described and set aside one by one; of more only the number is kept, and the files they are in.</summary>
    public const int DamageMax = 1000;

    /// <summary>Large enough for the device to deliver at full speed.</summary>
    private const int WindowBytes = 1 << 20;

    private readonly IFileSystem files;
    private readonly string directory;
    private readonly WalMetrics metrics;
    private readonly long replayFrom;
    private readonly List<WalDamage> damage = [];
    private readonly HashSet<WalFile> keptFiles = [];
    private readonly HashSet<string> names;
    private readonly WalWindow window = new(WindowBytes);
    private long damageCount;
    private long records;
    private long bodyBytes;

    private WalReplay(IFileSystem files, string directory, WalMetrics metrics, long replayFrom)
    {
        this.files = files;
        this.directory = directory;
        this.metrics = metrics;
        this.replayFrom = replayFrom;
        names = [.. files.ListFiles(directory)];
    }

    /// <inheritdoc cref="WriteAheadLog.OpenAsync"/>
    public static ValueTask<WalRecovery> RunAsync(
        IFileSystem files,
        string directory,
        WalMetrics metrics,
        long replayFrom,
        Func<long, WalRecord, ValueTask> replay,
        CancellationToken cancellationToken) => new WalReplay(files, directory, metrics, replayFrom).RunAsync(replay, cancellationToken);

    private async ValueTask<WalRecovery> RunAsync(Func<long, WalRecord, ValueTask> replay, CancellationToken cancellationToken)
    {
        List<WalFile> logFiles = WalFiles.List(files, directory);
        if (logFiles.Count > 0 && replayFrom > 0 && logFiles[0].Name.First > replayFrom)
            Report(logFiles[0], new WalGap(WalDamageKind.Missing, 0, 0, replayFrom, logFiles[0].Name.First - 1));
        long next = 1;
        for (int i = 0; i < logFiles.Count; i++)
        {
            long end = i + 1 < logFiles.Count ? logFiles[i + 1].Name.First : long.MaxValue;
            next = await ReadAsync(logFiles[i], end, replay, cancellationToken).ConfigureAwait(false);
        }
        return new WalRecovery
        {
            Records = records,
            BodyBytes = bodyBytes,
            NextPosition = Math.Max(next, replayFrom),
            Damage = damage,
            DamageCount = damageCount,
            Files = [.. logFiles.Select(file => file with { HasDamageNotSetAside = keptFiles.Contains(file) })],
            NextNumber = logFiles.Count == 0 ? 1 : logFiles[^1].Name.Number + 1,
        };
    }

    private async ValueTask<long> ReadAsync(WalFile logFile, long end, Func<long, WalRecord, ValueTask> replay, CancellationToken cancellationToken)
    {
        using IStoreFile file = files.OpenRead(logFile.Path);
        window.Open(file);
        var reader = new WalFileReader(window, logFile, end, Report);
        while (reader.TryRead(out long position, out WalRecord record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (position < replayFrom)
                continue;
            await replay(position, record).ConfigureAwait(false);
            records++;
            bodyBytes += record.Body.Length;
        }
        return reader.Expected;
    }

    private void Report(WalFile file, WalGap gap)
    {
        bool isMissing = gap.FirstMissing <= gap.LastMissing;
        // What is in segments already is missed by nobody.
        if (isMissing && gap.LastMissing < replayFrom)
            return;
        damageCount++;
        metrics.Damage();
        if (damage.Count == DamageMax)
        {
            keptFiles.Add(file);
            return;
        }
        string? setAside = gap.Bytes == 0 ? null : WalSetAside.TryCopy(files, file.Path, gap.Offset, gap.Bytes, names);
        if (gap.Bytes > 0 && setAside is null)
            keptFiles.Add(file);
        damage.Add(new WalDamage(
            gap.Kind, file.Path, gap.Offset, gap.Bytes, isMissing ? Math.Max(gap.FirstMissing, replayFrom) : 0, isMissing ? gap.LastMissing : 0, setAside));
    }
}
