using System.Diagnostics;

namespace Clew.Tracing.Observers;

/// <summary>
/// Sees every recorded span of a provider: the place for a tracer of one's own, for counters, for tags that every span should have. Called on the thread
/// that starts or ends the span, from many threads at once; what it throws is counted (<c>clew.tracing.observer.failures</c>) and goes no further.
/// </summary>
public interface ISpanObserver
{
    /// <summary>A span has started. Its name and tags may still change; tags set here are on it.</summary>
    void OnStart(Activity span)
    {
    }

    /// <summary>A span has ended and is about to be exported by exporters that were added after this observer.</summary>
    void OnEnd(Activity span)
    {
    }
}
