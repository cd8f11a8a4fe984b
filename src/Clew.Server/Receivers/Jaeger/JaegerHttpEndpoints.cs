using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Jaeger;

/// <summary>
/// Jaeger's collector over HTTP: <c>POST /api/traces</c> with a <c>Batch</c> in binary Thrift; the query string (<c>?format=jaeger.thrift</c>) says nothing more.
/// Statuses and the beginnings of error texts are those of Jaeger.
/// </summary>
internal static class JaegerHttpEndpoints
{
    private const string Hint = "Clew takes Jaeger spans here: POST /api/traces with Content-Type application/x-thrift.";

    public static void MapJaegerHttp(this IEndpointRouteBuilder routes)
    {
        HttpIngest ingest = routes.ServiceProvider.GetRequiredService<HttpIngest>();
        routes.MapPost("/api/traces", context => PostBatchAsync(context, ingest));
        routes.MapGet("/", context => context.Response.WriteLineAsync(Hint));
    }

    private static async Task PostBatchAsync(HttpContext context, HttpIngest ingest)
    {
        string? contentType = context.Request.ContentType;
        if (MediaTypes.Of(context.Request) is not (MediaTypes.Thrift or "application/vnd.apache.thrift.binary"))
        {
            Refusal refusal = ingest.RefuseMediaType(context, ReceiverName.JaegerHttp, MediaTypes.Of(context.Request) is null or ""
                ? $"Cannot parse content type: '{contentType}'"
                : $"Unsupported content type: {contentType}");
            // Jaeger says 400 here, not 415.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteLineAsync(refusal.Message);
            return;
        }
        IngestOutcome outcome = await ingest.IngestAsync(context, ReceiverName.JaegerHttp, BatchFormat.JaegerThriftBinaryBatch);
        await context.Response.AnswerAsync(outcome, static refusal => refusal.RetryAfter is null
            ? $"Unable to process request body: {refusal.Message}"
            : $"Cannot submit Jaeger batch: {refusal.Message}");
    }
}
