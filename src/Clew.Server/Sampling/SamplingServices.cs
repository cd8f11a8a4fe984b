using Clew.Server.Configuration;
using Clew.Server.Sampling.Adaptive;

namespace Clew.Server.Sampling;

internal static class SamplingServices
{
    public static IServiceCollection AddSampling(this IServiceCollection services, SamplingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SamplingMetrics>();
        bool isAdaptive = options.Mode == SamplingMode.Adaptive;
        services.AddSingleton(new RootSpanCounter(isAdaptive ? options.Adaptive.OperationsMax : 0));
        return isAdaptive ? services.AddStrategies<AdaptiveStrategies>() : services.AddStrategies<FileStrategies>();
    }

    private static IServiceCollection AddStrategies<T>(this IServiceCollection services)
        where T : class, ISamplingStrategies, IHostedService => services
        .AddSingleton<T>()
        .AddSingleton<ISamplingStrategies>(static s => s.GetRequiredService<T>())
        .AddHostedService(static s => s.GetRequiredService<T>());
}
