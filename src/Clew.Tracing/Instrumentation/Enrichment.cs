using System.Diagnostics;

namespace Clew.Tracing.Instrumentation;

/// <summary>Runs the application's additions to a span. A mistake in them must not fail the request; the span says so instead.</summary>
internal static class Enrichment
{
    public static void Run<TState>(Activity activity, TState state, Action<Activity, TState> enrich)
    {
        try
        {
            enrich(activity, state);
        }
#pragma warning disable CA1031 // The application's code may throw anything.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            activity.SetTag("clew.enrich.error", problem.GetType().FullName);
        }
    }
}
