namespace Clew.Server.Commands.Sending;

/// <summary>One connection to a receiver of spans. Takes one request at a time.</summary>
internal interface ISpanSender : IDisposable
{
    /// <summary>Sends an encoded request; errors of the network and of the receiver are answers, not exceptions.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the answer came.</exception>
    ValueTask<SendAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
