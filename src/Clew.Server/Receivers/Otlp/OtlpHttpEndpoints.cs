using System.Buffers;
using System.Text.Json;
using Clew.Model;
using Clew.Server.Pipeline;
using Clew.Server.Receivers.Grpc;

namespace Clew.Server.Receivers.Otlp;

/// <summary>OTLP over HTTP (OTLP specification 1.x, "OTLP/HTTP"): spans in protobuf or JSON; answers come in the request's encoding.</summary>
internal static class OtlpHttpEndpoints
{
    private const string Hint = "Clew takes OTLP traces here: POST /v1/traces with Content-Type application/x-protobuf or application/json.";

    public static void MapOtlpHttp(this IEndpointRouteBuilder routes)
    {
        HttpIngest ingest = routes.ServiceProvider.GetRequiredService<HttpIngest>();
        routes.MapPost("/v1/traces", context => ExportAsync(context, ingest));
        routes.MapGet("/", context => context.Response.WriteLineAsync(Hint));
        routes.Map("/v1/{signal:regex(^(metrics|logs|profiles)$)}", NotTakenAsync);
    }

    private static async Task ExportAsync(HttpContext context, HttpIngest ingest)
    {
        string? mediaType = MediaTypes.Of(context.Request);
        BatchFormat format = mediaType switch
        {
            MediaTypes.Protobuf => BatchFormat.OtlpProtobuf,
            MediaTypes.Json => BatchFormat.OtlpJson,
            _ => BatchFormat.None,
        };
        if (format == BatchFormat.None)
        {
            Refusal refusal = ingest.RefuseMediaType(context, ReceiverName.OtlpHttp, $"Content-Type '{context.Request.ContentType}' is not supported; send application/x-protobuf or application/json");
            context.Response.SetStatus(refusal);
            await context.Response.WriteLineAsync(refusal.Message);
            return;
        }
        IngestOutcome outcome = await ingest.IngestAsync(context, ReceiverName.OtlpHttp, format);
        await AnswerAsync(context, format, outcome);
    }

    private static async Task AnswerAsync(HttpContext context, BatchFormat format, IngestOutcome outcome)
    {
        HttpResponse response = context.Response;
        var body = new ArrayBufferWriter<byte>();
        bool json = format == BatchFormat.OtlpJson;
        response.ContentType = json ? MediaTypes.Json : MediaTypes.Protobuf;
        if (outcome.Refusal is { } refusal)
        {
            response.SetStatus(refusal);
            if (json)
                WriteJsonStatus(body, refusal);
            else
                body.Write(RpcStatus.ToProtobuf(refusal.Reason.GrpcStatus(), refusal.Message).Span);
        }
        else if (json)
            OtlpExportResponse.WriteJson(body, outcome.Result);
        else
            OtlpExportResponse.WriteProtobuf(body, outcome.Result);
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static void WriteJsonStatus(IBufferWriter<byte> writer, in Refusal refusal)
    {
        using var json = new Utf8JsonWriter(writer);
        json.WriteStartObject();
        json.WriteNumber("code"u8, (int)refusal.Reason.GrpcStatus());
        json.WriteString("message"u8, refusal.Message);
        json.WriteEndObject();
    }

    private static Task NotTakenAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteLineAsync($"Clew takes traces only, no {context.Request.RouteValues["signal"]}; switch that exporter off in the client.");
    }
}
