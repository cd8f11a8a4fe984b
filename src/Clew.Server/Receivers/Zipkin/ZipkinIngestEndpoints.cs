using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Zipkin;

/// <summary>
/// Zipkin's collector: <c>POST /api/v2/spans</c>. Answers as Zipkin does (202 without a body, 400 with a line of text), but only when the spans
/// are stored, and with 429 or 503 when they cannot be: Zipkin would say 202 and lose them.
/// </summary>
internal static class ZipkinIngestEndpoints
{
    public static void MapZipkinIngest(this IEndpointRouteBuilder routes)
    {
        HttpIngest ingest = routes.ServiceProvider.GetRequiredService<HttpIngest>();
        routes.MapPost("/api/v2/spans", context => PostSpansAsync(context, ingest));
    }

    private static async Task PostSpansAsync(HttpContext context, HttpIngest ingest)
    {
        // Whatever else the content type says, Zipkin takes the body for JSON.
        IngestOutcome outcome = MediaTypes.Of(context.Request) == MediaTypes.Protobuf
            ? ingest.RefuseMediaType(ReceiverName.Zipkin, "Zipkin's proto3 encoding is not supported yet; send application/json")
            : await ingest.IngestAsync(context, ReceiverName.Zipkin, BatchFormat.ZipkinV2Json, emptyIsNothing: true);
        await context.Response.AnswerAsync(outcome, static refusal => refusal.Message);
    }
}
