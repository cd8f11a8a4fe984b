using System.Net.Sockets;

namespace Clew.Server.Commands.Sending;

/// <summary>Sends datagrams. Nobody answers: accepted means that the system took it to send.</summary>
internal sealed class UdpSpanSender : ISpanSender
{
    /// <summary>What Jaeger's clients send at most: a datagram over IPv4 holds 65,507 bytes.</summary>
    public const int DatagramBytesMax = 65_000;

    private readonly UdpClient client = new();

    public UdpSpanSender(Uri endpoint) => client.Connect(endpoint.Host, endpoint.Port);

    public async ValueTask<SendAnswer> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(body, cancellationToken);
            return new SendAnswer(SendOutcome.Accepted);
        }
        catch (SocketException error)
        {
            return new SendAnswer(SendOutcome.Failed, error.SocketErrorCode.ToString());
        }
    }

    public void Dispose() => client.Dispose();
}
