using System.Threading.Channels;
using Clew.Server.Configuration;

namespace Clew.Server.Sampling;

/// <summary>
/// The strategies of <c>sampling.strategiesFile</c>, read at the start and again whenever the file changes. A change that cannot be read leaves the
/// last good strategies in force. Without a file every service samples with <c>sampling.defaultProbability</c>.
/// </summary>
internal sealed partial class FileStrategies(
    SamplingOptions options, SamplingMetrics metrics, TimeProvider time, ILogger<FileStrategies> log) : BackgroundService, ISamplingStrategies
{
    private const int FileBytesMax = 16 << 20;

    // Editors empty a file before they fill it, which is told as two changes.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    // One pending reading stands for any number of changes.
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile StrategyTable table = new(SamplingStrategy.Probabilistic(options.DefaultProbability), []);
    private byte[] seen = [];
    private string? unreadable;

    public SamplingStrategy Of(string service) => table.Of(service);

    /// <exception cref="ConfigurationException">The file cannot be used.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.StrategiesFile.Length == 0)
            return Task.CompletedTask;
        try
        {
            Read(ReadFile());
        }
        catch (Exception error) when (IsUnusable(error))
        {
            throw new ConfigurationException([$"sampling.strategiesFile: {options.StrategiesFile}: {error.Message}"]);
        }
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using FileSystemWatcher? watcher = Watch();
        // File systems that tell of no changes, and files swapped behind a link (Kubernetes), are noticed by looking.
        TimeSpan interval = TimeSpan.FromMilliseconds(options.ReloadIntervalMs);
        await using ITimer poll = time.CreateTimer(_ => changes.Writer.TryWrite(true), null, interval, interval);
        await foreach (bool _ in changes.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.Delay(Settle, time, stoppingToken);
            Reload();
        }
    }

    private void Reload()
    {
        try
        {
            byte[] file = ReadFile();
            unreadable = null;
            if (file.AsSpan().SequenceEqual(seen))
                return;
            Read(file);
            LogReloaded(options.StrategiesFile);
        }
        catch (Exception error) when (IsUnusable(error))
        {
            // A file that stays away is told of once, not at every look.
            if (error is not FormatException && error.Message == unreadable)
                return;
            unreadable = error is FormatException ? null : error.Message;
            metrics.ReloadFailed();
            LogReloadFailed(options.StrategiesFile, error.Message);
        }
    }

    // What has been seen is remembered even when it is unusable, so that it is told of once.
    private void Read(byte[] file)
    {
        seen = file;
        (table, IReadOnlyList<string> warnings) = StrategyFileReader.Read(file, options.DefaultProbability);
        foreach (string warning in warnings)
            LogWarning(options.StrategiesFile, warning);
    }

    private byte[] ReadFile()
    {
        using FileStream stream = File.OpenRead(options.StrategiesFile);
        if (stream.Length > FileBytesMax)
            throw new IOException($"has {stream.Length} bytes, more than {FileBytesMax}");
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }

    private FileSystemWatcher? Watch()
    {
        string path = Path.GetFullPath(options.StrategiesFile);
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.Changed += OnChange;
            watcher.Created += OnChange;
            watcher.Renamed += OnChange;
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // No more watches on this machine: looking at intervals still works.
            LogNotWatched(options.StrategiesFile, options.ReloadIntervalMs, error.Message);
            return null;
        }

        void OnChange(object sender, FileSystemEventArgs change) => changes.Writer.TryWrite(true);
    }

    private static bool IsUnusable(Exception error) => error is IOException or UnauthorizedAccessException or FormatException;

    [LoggerMessage(LogLevel.Information, "Sampling strategies read again from {File}.")]
    private partial void LogReloaded(string file);

    [LoggerMessage(LogLevel.Error, "Sampling strategies of {File} cannot be used, the last good ones stay in force: {Reason}")]
    private partial void LogReloadFailed(string file, string reason);

    [LoggerMessage(LogLevel.Warning, "Sampling strategies of {File}: {Warning}")]
    private partial void LogWarning(string file, string warning);

    [LoggerMessage(LogLevel.Warning, "Changes of {File} are noticed every {IntervalMs} ms only: {Reason}")]
    private partial void LogNotWatched(string file, int intervalMs, string reason);
}
