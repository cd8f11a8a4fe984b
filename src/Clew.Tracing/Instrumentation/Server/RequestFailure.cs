using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Clew.Tracing.Instrumentation.Server;

/// <summary>The exception that ended a request, or that an error page or handler has answered.</summary>
internal static class RequestFailure
{
    private static readonly object Key = new();

    public static void Remember(HttpContext context, Exception? exception) => context.Items[Key] = exception;

    public static Exception? Of(HttpContext context, out bool isUnhandled)
    {
        isUnhandled = context.Items.TryGetValue(Key, out object? remembered) && remembered is not null;
        return remembered as Exception ?? context.Features.Get<IExceptionHandlerFeature>()?.Error;
    }

    /// <summary>The caller has gone; what that interrupts is no fault of this service.</summary>
    public static bool IsAbort(HttpContext context, Exception exception) => exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;
}
