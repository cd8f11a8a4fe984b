using System.Diagnostics;
using OpenTelemetry;

namespace Clew.Tracing.Observers;

/// <summary>
/// Puts baggage on spans as tags when they start, so that traces can be searched by it: OpenTracing programs expect to find a user or tenant that was set at
/// the edge. Only chosen keys, because baggage comes from callers. What a span has already is kept.
/// </summary>
/// <param name="keys">Names of baggage items, which are those of the tags.</param>
public sealed class BaggageTags(params IReadOnlyCollection<string> keys) : ISpanObserver
{
    private readonly HashSet<string> keys = new(keys, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void OnStart(Activity span)
    {
        foreach (string key in keys)
        {
            // .NET's baggage belongs to the span and those above it, OpenTelemetry's to the flow.
            if ((span.GetBaggageItem(key) ?? Baggage.GetBaggage(key)) is { } value && span.GetTagItem(key) is null)
                span.SetTag(key, value);
        }
    }
}
