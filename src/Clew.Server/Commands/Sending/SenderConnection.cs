using System.Net.Sockets;

namespace Clew.Server.Commands.Sending;

/// <summary>What the senders over HTTP have in common.</summary>
internal static class SenderConnection
{
    private const long AnswerBytesMax = 1 << 20;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A client with one connection, so that as many senders make as many connections.</summary>
    public static HttpClient Open() => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 1,
        AllowAutoRedirect = false,
        UseProxy = false,
        // Senders propagate no context: the traffic is not part of anybody's trace.
        ActivityHeadersPropagator = null,
    })
    {
        MaxResponseContentBufferSize = AnswerBytesMax,
        Timeout = AnswerTimeout,
    };

    public static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static SendAnswer Failure(Exception error) => new(SendOutcome.Failed, error switch
    {
        OperationCanceledException => $"no answer within {AnswerTimeout.TotalSeconds} s",
        HttpRequestException { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        HttpRequestException http => http.HttpRequestError.ToString(),
        _ => error.GetType().Name,
    });
}
