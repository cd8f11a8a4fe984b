using System.Text.Json;
using Clew.Server.Api;
using Clew.Server.Receivers;

namespace Clew.Server.Sampling;

/// <summary>What Jaeger's agent and collector answer to the remote samplers of SDKs (5778; 14268 under <c>/api</c>).</summary>
internal static class SamplingEndpoints
{
    /// <summary>The port of its own: <c>/sampling</c>, <c>/api/sampling</c>, the older <c>/</c>, and baggage restrictions, of which there are none.</summary>
    public static void MapSampling(this IEndpointRouteBuilder routes)
    {
        ISamplingStrategies strategies = routes.ServiceProvider.GetRequiredService<ISamplingStrategies>();
        routes.MapGet("/sampling", context => StrategyAsync(context, strategies, legacy: false));
        routes.MapCollectorSampling();
        routes.MapGet("/", context => StrategyAsync(context, strategies, legacy: true));
        routes.MapGet("/baggageRestrictions", static context => AnswerAsync(context, static (writer, _) =>
        {
            writer.WriteStartArray();
            writer.WriteEndArray();
        }));
    }

    /// <summary><c>/api/sampling</c>, as Jaeger's collector also has it beside its spans.</summary>
    public static void MapCollectorSampling(this IEndpointRouteBuilder routes)
    {
        ISamplingStrategies strategies = routes.ServiceProvider.GetRequiredService<ISamplingStrategies>();
        routes.MapGet("/api/sampling", context => StrategyAsync(context, strategies, legacy: false));
    }

    private static Task StrategyAsync(HttpContext context, ISamplingStrategies strategies, bool legacy) =>
        AnswerAsync(context, (writer, service) => SamplingJson.Write(writer, strategies.Of(service), legacy));

    private static Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter, string> write)
    {
        if (context.Request.Query["service"] is [{ } service])
            return JsonAnswer.WriteAsync(context, JsonAnswer.Compact, writer => write(writer, service));
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteLineAsync("'service' parameter must be provided once");
    }
}
