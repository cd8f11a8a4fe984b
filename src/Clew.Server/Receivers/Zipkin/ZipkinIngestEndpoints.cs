using Clew.Formats.Zipkin;
using Clew.Model;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Zipkin;

/// <summary>
/// Zipkin's collector: <c>POST /api/v2/spans</c> (JSON, proto3) and <c>/api/v1/spans</c> (JSON, Thrift). Answers as Zipkin does (202 without a body, 400 with a line
/// of text), but only when the spans are stored, and with 429 or 503 when they cannot be: Zipkin would say 202 and lose them. Path and content type say what a
/// body should be; what it is shows in its bytes, so each path takes all four encodings.
/// </summary>
internal static class ZipkinIngestEndpoints
{
    public static void MapZipkinIngest(this IEndpointRouteBuilder routes)
    {
        HttpIngest ingest = routes.ServiceProvider.GetRequiredService<HttpIngest>();
        routes.MapPost("/api/v2/spans", context => PostSpansAsync(context, ingest, BatchFormat.ZipkinV2Json));
        routes.MapPost("/api/v1/spans", context => PostSpansAsync(context, ingest, BatchFormat.ZipkinV1Json));
    }

    private static async Task PostSpansAsync(HttpContext context, HttpIngest ingest, BatchFormat json)
    {
        // Whatever else the content type says, Zipkin takes the body for JSON.
        BatchFormat expected = MediaTypes.Of(context.Request) switch
        {
            MediaTypes.Protobuf => BatchFormat.ZipkinProto3,
            MediaTypes.Thrift => BatchFormat.ZipkinV1Thrift,
            _ => json,
        };
        IngestOutcome outcome = await ingest.IngestAsync(context, ReceiverName.Zipkin, expected, emptyIsNothing: true, ZipkinFormat.Detect);
        await context.Response.AnswerAsync(outcome, static refusal => refusal.Message);
    }
}
