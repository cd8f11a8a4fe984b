using Microsoft.Extensions.Logging;

namespace Clew.Tracing.Exporters.Delivery;

/// <summary>Tells the application's log when spans stop arriving, why, and when they arrive again: one line a change, however long it lasts. Called by one sender at a time.</summary>
internal sealed partial class DeliveryLog(ILogger logger, Uri endpoint)
{
    // Without the user and password that an address may have, and without its query.
    private readonly string address = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private SendResult last = SendResult.Sent;

    public void Report(SendResult result, string? reason)
    {
        if (result == last)
            return;
        last = result;
        switch (result)
        {
            case SendResult.Sent:
                LogSent(logger, address);
                break;
            case SendResult.Retry:
                LogRetry(logger, address, reason);
                break;
            default:
                LogRefused(logger, address, reason);
                break;
        }
    }

    [LoggerMessage(5, LogLevel.Warning, "Spans cannot be sent to {Address} ({Reason}); they are kept and sent later")]
    private static partial void LogRetry(ILogger logger, string address, string? reason);

    [LoggerMessage(6, LogLevel.Warning, "Spans are refused by {Address} ({Reason}); they are lost, and counted by clew.tracing.exporter.dropped")]
    private static partial void LogRefused(ILogger logger, string address, string? reason);

    [LoggerMessage(7, LogLevel.Information, "Spans are sent to {Address} again")]
    private static partial void LogSent(ILogger logger, string address);
}
