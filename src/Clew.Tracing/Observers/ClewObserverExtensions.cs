using Clew.Tracing.Observers;
using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry.Trace;

/// <summary>Observers of spans for a tracer provider.</summary>
public static class ClewObserverExtensions
{
    /// <summary>Adds an observer. Exporters added before it do not see what it does at a span's end.</summary>
    /// <param name="builder">The provider's builder.</param>
    /// <param name="observer">Called for every recorded span; disposed with the provider where it can be.</param>
    public static TracerProviderBuilder AddClewSpanObserver(this TracerProviderBuilder builder, ISpanObserver observer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observer);
        return builder.AddProcessor(new SpanObserverProcessor(observer, ownsObserver: true));
    }

    /// <summary>Adds an observer that the application's services make, and dispose.</summary>
    /// <param name="builder">The provider's builder.</param>
    public static TracerProviderBuilder AddClewSpanObserver<TObserver>(this TracerProviderBuilder builder)
        where TObserver : class, ISpanObserver
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProcessor(static services => new SpanObserverProcessor(services.GetRequiredService<TObserver>(), ownsObserver: false));
    }
}
