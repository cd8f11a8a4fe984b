using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Clew.Tracing.Exporters;

/// <summary>How requests of an HTTP exporter are kept and repeated until the server takes them.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Encoded requests kept in memory, in bytes. When more come, the oldest go to the spool; without a spool they are dropped and counted.</summary>
    public long MemoryBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>Where a request is closed and the next one begun, in bytes before compression.</summary>
    public int RequestBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>How long the server may take to answer.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failure; it doubles with each one, less a random part of up to half.</summary>
    public TimeSpan RetryDelayMin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause of our own choosing.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause that a server's Retry-After is granted.</summary>
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A directory for requests that memory has no room for and those unsent at shutdown; null (the default) for none. The files hold the spans
    /// as they are: protect the directory like the data. Several processes may share one.
    /// </summary>
    public string? SpoolDirectory { get; set; }

    /// <summary>Bytes on disk, every file counted as at least a block of 4 KiB. When more come, the oldest files are dropped and counted.</summary>
    public long SpoolBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Time for pauses and limits.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Told when spans stop arriving and when they arrive again.</summary>
    internal ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Reports to the application's log, where there is one.</summary>
    internal void UseLog(IServiceProvider services)
    {
        if (services.GetService<ILoggerFactory>() is { } loggers)
            Logger = loggers.CreateLogger("Clew.Tracing");
    }

    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive, or the delays are in the wrong order.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MemoryBytesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RequestBytesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SpoolBytesMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryDelayMin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelayMax, RetryDelayMin);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryAfterMax, TimeSpan.Zero);
    }
}
