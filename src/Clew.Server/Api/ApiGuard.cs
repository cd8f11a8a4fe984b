using Clew.Query;
using Clew.Storage;

namespace Clew.Server.Api;

/// <summary>
/// Stands around every handler of a query API: what went wrong becomes an error answer in that API's shape. Faults of the server are
/// logged and answered without their details.
/// </summary>
/// <param name="logger">Where faults go.</param>
/// <param name="writeError">Writes an answer of this status and message.</param>
internal sealed partial class ApiGuard(ILogger<ApiGuard> logger, Func<HttpContext, int, string, Task> writeError)
{
    private const string InternalError = "internal error; the server's log has the details";

    public RequestDelegate Wrap(Func<HttpContext, Task> handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody is left to answer.
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    };

    private Task AnswerAsync(HttpContext context, Exception error)
    {
        (int status, string message) = error switch
        {
            ApiException api => (api.Status, api.Message),
            QueryException => (StatusCodes.Status400BadRequest, error.Message),
            StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, error.Message),
            _ => (StatusCodes.Status500InternalServerError, InternalError),
        };
        if (status == StatusCodes.Status500InternalServerError)
            LogFault(context.Request.Path, error);
        if (!context.Response.HasStarted)
            return writeError(context, status, message);
        // Part of the answer is on its way. Cutting the connection tells the client that it is not whole.
        LogCut(context.Request.Path, error.Message);
        context.Abort();
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answering {Path} failed")]
    private partial void LogFault(string path, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to {Path} was cut off: {Reason}")]
    private partial void LogCut(string path, string reason);
}
