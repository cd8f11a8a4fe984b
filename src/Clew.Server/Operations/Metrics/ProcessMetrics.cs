using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Clew.Server.Operations.Metrics;

/// <summary>What every Prometheus client says of its process, under the usual names (<c>process_cpu_seconds_total</c>, …).</summary>
internal sealed class ProcessMetrics
{
    public const string MeterName = "Clew.Process";

    public ProcessMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        using var process = Process.GetCurrentProcess();
        double startSeconds = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        meter.CreateObservableCounter("process.cpu", static () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used, user and system.");
        meter.CreateObservableGauge("process.resident_memory", static () => Environment.WorkingSet, "By", "Physical memory in use.");
        meter.CreateObservableGauge("process.start_time", () => startSeconds, "s", "Start of the process since the Unix epoch.");
        meter.CreateObservableGauge("dotnet.gc.heap", static () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed memory in use.");
        meter.CreateObservableCounter("dotnet.gc.collections", Collections, "{collection}", "Garbage collections by generation, each counted once.");
        meter.CreateObservableCounter("dotnet.gc.pause", static () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time all threads stood still for garbage collection.");
        meter.CreateObservableGauge("dotnet.thread_pool.queue", static () => ThreadPool.PendingWorkItemCount, "{item}", "Work waiting for a thread.");
    }

    // The runtime counts a collection of a generation in all younger ones too.
    private static IEnumerable<Measurement<long>> Collections()
    {
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            int older = generation == GC.MaxGeneration ? 0 : GC.CollectionCount(generation + 1);
            yield return new(GC.CollectionCount(generation) - older, new KeyValuePair<string, object?>("generation", generation));
        }
    }
}
