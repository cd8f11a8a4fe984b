using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;

namespace Clew.Tracing.Observers;

/// <summary>Calls an observer and keeps its failures from the application.</summary>
internal sealed class SpanObserverProcessor(ISpanObserver observer, bool ownsObserver) : BaseProcessor<Activity>
{
    private static readonly Meter Meter = new("Clew.Tracing");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("clew.tracing.observer.failures", "{failure}", "Exceptions of span observers, by observer.");

    private readonly KeyValuePair<string, object?> tag = new("observer", observer.GetType().Name);

    public override void OnStart(Activity data)
    {
        try
        {
            observer.OnStart(data);
        }
#pragma warning disable CA1031 // The observer is the application's; the span it fails about belongs to code that has nothing to do with it.
        catch (Exception)
        {
            Failures.Add(1, tag);
        }
    }

    public override void OnEnd(Activity data)
    {
        try
        {
            observer.OnEnd(data);
        }
        catch (Exception)
#pragma warning restore CA1031
        {
            Failures.Add(1, tag);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsObserver)
            (observer as IDisposable)?.Dispose();
        base.Dispose(disposing);
    }
}
