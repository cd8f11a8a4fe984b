using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>The exception that ended a request, or that an error page or handler has answered.</summary>
/// <param name="Exception">What was thrown.</param>
/// <param name="IsUnhandled">Nobody in the application answered for it.</param>
/// <param name="Endpoint">Where it was thrown, if a handler has put itself in that place; otherwise null.</param>
/// <param name="At">When it was heard of, by the clock of activities.</param>
internal sealed record RequestFailure(Exception Exception, bool IsUnhandled, Endpoint? Endpoint, DateTimeOffset At)
{
    private const string Property = "Clew.Tracing.Failure";

    // Kept with the span: to look for it costs a request without failures nothing.
    public static void Remember(HttpContext context, Exception exception, bool isUnhandled) =>
        Features.ActivityOf(context)?.SetCustomProperty(Property, new RequestFailure(exception, isUnhandled, null, TimeProvider.System.GetUtcNow()));

    /// <summary>Null where nothing failed, and where the caller has gone: what that interrupts is no fault of this service.</summary>
    public static RequestFailure? Of(Activity activity, HttpContext context, int status)
    {
        var remembered = activity.GetCustomProperty(Property) as RequestFailure;
        // A handler that answers as if nothing had failed has said so by its event, unless it wants nobody to know.
        if (remembered is null && status < 400)
            return null;
        var handled = Features.Find<IExceptionHandlerFeature>(context);
        RequestFailure? failure = remembered is not null ? remembered with { Endpoint = handled?.Endpoint }
            : handled is not null ? new RequestFailure(handled.Error, false, handled.Endpoint, activity.StartTimeUtc + activity.Duration)
            : null;
        return failure is { Exception: OperationCanceledException or IOException } && context.RequestAborted.IsCancellationRequested ? null : failure;
    }
}
