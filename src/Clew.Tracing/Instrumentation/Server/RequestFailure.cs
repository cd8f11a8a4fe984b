using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>The exception that ended a request, or that an error page or handler has answered.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="IsUnhandled">Nobody in the application answered for it.</param>
/// <param name="Endpoint">Where it was thrown, if a handler has put itself in that place; otherwise null.</param>
internal sealed record RequestFailure(Exception Exception, bool IsUnhandled, Endpoint? Endpoint)
{
    // Kept as a feature of the request, which costs a request without failures nothing.
    public static void Remember(HttpContext context, Exception exception) => context.Features.Set(new RequestFailure(exception, true, null));

    /// <summary>Null where nothing failed, and where the caller has gone: what that interrupts is no fault of this service.</summary>
    public static RequestFailure? Of(HttpContext context)
    {
        IExceptionHandlerFeature? handled = context.Features.Get<IExceptionHandlerFeature>();
        RequestFailure? failure = context.Features.Get<RequestFailure>() is { } remembered ? remembered with { Endpoint = handled?.Endpoint }
            : handled is not null ? new RequestFailure(handled.Error, false, handled.Endpoint)
            : null;
        return failure is { Exception: OperationCanceledException or IOException } && context.RequestAborted.IsCancellationRequested ? null : failure;
    }
}
