using Clew.Server.Pipeline;
using Clew.Server.Receivers.Grpc.Reflection;

namespace Clew.Server.Receivers.Grpc;

/// <summary>
/// Serves gRPC methods of one request over Kestrel's HTTP/2: framing, compression of requests, status in trailers. Deadlines are ignored: spans
/// that were received are stored, and a client that stops waiting for an answer resets the stream, which cancels the call. Responses are not compressed.
/// </summary>
internal static class GrpcEndpoints
{
    /// <summary>Serves the methods of a port, with reflection for their services: to be called once for each port.</summary>
    public static void MapGrpc(this IEndpointRouteBuilder routes, params GrpcMethod[] methods)
    {
        routes.MapReflection(methods.Select(static method => method.Path.Split('/')[1]).Distinct());
        RequestBodyReader bodies = routes.ServiceProvider.GetRequiredService<RequestBodyReader>();
        RefusalDesk desk = routes.ServiceProvider.GetRequiredService<RefusalDesk>();
        foreach (GrpcMethod method in methods)
            routes.MapPost(method.Path, context => HandleAsync(context, method, bodies, desk));
    }

    /// <summary>Answers every other path of a port that speaks nothing but gRPC: UNIMPLEMENTED.</summary>
    public static void MapUnknownGrpc(this IEndpointRouteBuilder routes) => routes.Map("/{**path}", HandleUnknownAsync);

    private static async Task HandleAsync(HttpContext context, GrpcMethod method, RequestBodyReader bodies, RefusalDesk desk)
    {
        if (!GrpcResponses.TryBegin(context))
            return;
        RequestBody? request = null;
        string? client = context.Request.Headers.UserAgent;
        try
        {
            request = await GrpcFraming.ReadMessageAsync(context.Request, bodies, context.RequestAborted).ConfigureAwait(false);
            await method.AnswerAsync(request, new GrpcResponseStream(context), context.RequestAborted).ConfigureAwait(false);
            GrpcResponses.Succeed(context);
        }
        catch (Exception) when (context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone while it was being answered: nobody is left to be told.
        }
        catch (GrpcException exception)
        {
            if (method.Receiver is not null)
                desk.Refuse(method.Receiver, new RequestRefusedException(RefusalReason.Malformed, exception.Message, exception), client, request is null ? default : request.Seen);
            GrpcResponses.Fail(context, exception.Code, exception.Message);
        }
        catch (Exception exception)
        {
            Refusal refusal = method.Receiver is null ? desk.Judge(method.Path, exception) : desk.Refuse(method.Receiver, exception, client, request is null ? default : request.Seen);
            GrpcResponses.Fail(context, refusal.Reason.GrpcStatus(), refusal.Message, refusal.RetryAfter);
        }
        finally
        {
            request?.Dispose();
        }
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
