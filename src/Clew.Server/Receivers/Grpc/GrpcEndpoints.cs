using System.Buffers;
using Clew.Server.Pipeline;

namespace Clew.Server.Receivers.Grpc;

/// <summary>
/// Serves unary gRPC methods over Kestrel's HTTP/2: framing, compression of requests, status in trailers. Deadlines are ignored: spans that
/// were received are stored. Responses are not compressed: they have a few bytes.
/// </summary>
internal static class GrpcEndpoints
{
    public static void MapUnaryGrpc(this IEndpointRouteBuilder routes, params UnaryGrpcMethod[] methods)
    {
        RequestBodyReader bodies = routes.ServiceProvider.GetRequiredService<RequestBodyReader>();
        RefusalDesk desk = routes.ServiceProvider.GetRequiredService<RefusalDesk>();
        foreach (UnaryGrpcMethod method in methods)
            routes.MapPost(method.Path, context => HandleAsync(context, method, bodies, desk));
    }

    /// <summary>Answers every other path of a port that speaks nothing but gRPC: UNIMPLEMENTED.</summary>
    public static void MapUnknownGrpc(this IEndpointRouteBuilder routes) => routes.Map("/{**path}", HandleUnknownAsync);

    private static async Task HandleAsync(HttpContext context, UnaryGrpcMethod method, RequestBodyReader bodies, RefusalDesk desk)
    {
        if (!GrpcResponses.TryBegin(context))
            return;
        var response = new ArrayBufferWriter<byte>();
        try
        {
            using RequestBody request = await GrpcFraming.ReadMessageAsync(context.Request, bodies, context.RequestAborted).ConfigureAwait(false);
            await method.Invoke(new GrpcCall(request, response, context.RequestAborted)).ConfigureAwait(false);
        }
        catch (GrpcException exception)
        {
            if (method.Receiver is not null)
                desk.Refuse(method.Receiver, new RequestRefusedException(RefusalReason.Malformed, exception.Message, exception));
            GrpcResponses.Fail(context, exception.Code, exception.Message);
            return;
        }
        catch (Exception exception)
        {
            Refusal refusal = desk.Refuse(method.Receiver ?? method.Path, exception);
            GrpcResponses.Fail(context, refusal.Reason.GrpcStatus(), refusal.Message, refusal.RetryAfter);
            return;
        }
        await GrpcResponses.SucceedAsync(context, response.WrittenMemory).ConfigureAwait(false);
    }

    private static Task HandleUnknownAsync(HttpContext context)
    {
        if (GrpcResponses.TryBegin(context))
            GrpcResponses.Fail(context, GrpcStatusCode.Unimplemented, $"the method {context.Request.Path} is not served here");
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
