using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Clew.Tracing.Exporters;

/// <summary>OpenTelemetry's batches for an exporter that keeps what it was given: flushed when that has been sent too, where the SDK's own is when the exporter has taken it.</summary>
internal sealed class FlushingExportProcessor(BaseExporter<Activity> target, BatchExportActivityProcessorOptions batch)
    : BatchActivityExportProcessor(target, batch.MaxQueueSize, batch.ScheduledDelayMilliseconds, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize)
{
    /// <inheritdoc/>
    protected override bool OnForceFlush(int timeoutMilliseconds)
    {
        long start = TimeProvider.System.GetTimestamp();
        if (!base.OnForceFlush(timeoutMilliseconds))
            return false;
        return exporter.ForceFlush(timeoutMilliseconds < 0 ? Timeout.Infinite : Math.Max(0, timeoutMilliseconds - (int)TimeProvider.System.GetElapsedTime(start).TotalMilliseconds));
    }
}
