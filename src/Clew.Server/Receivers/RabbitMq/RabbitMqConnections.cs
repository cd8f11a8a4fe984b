using System.Globalization;
using System.Net.Security;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using RabbitMQ.Client;

namespace Clew.Server.Receivers.RabbitMq;

/// <summary>Makes connections as the settings say.</summary>
internal sealed class RabbitMqConnections
{
    // The broker's own limit for one message. Larger ones than we take are refused one by one; left to the client library they would
    // end the connection, again and again.
    private const uint MessageBytesMax = 512u << 20;

    private readonly ConnectionFactory factory;

    public RabbitMqConnections(RabbitMqOptions options)
    {
        factory = new ConnectionFactory
        {
            UserName = options.User,
            Password = options.Password,
            VirtualHost = options.VirtualHost,
            RequestedConnectionTimeout = TimeSpan.FromMilliseconds(options.ConnectTimeoutMs),
            MaxInboundMessageBodySize = MessageBytesMax,
            // The receiver begins anew itself: also when the first attempt fails, and when the broker takes only the queue away.
            AutomaticRecoveryEnabled = false,
            ConsumerDispatchConcurrency = (ushort)options.PrefetchMax,
        };
        if (options.Uri.Length > 0)
        {
            factory.Uri = new Uri(options.Uri);
            // For amqps the library would take a certificate of any name.
            factory.Ssl.ServerName = factory.HostName;
            factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        }
        EndPoints = options.Addresses.Count > 0 ? [.. options.Addresses.Select(address => EndPoint(address, options.Tls))] : [factory.Endpoint];
        Described = string.Join(", ", EndPoints.Select(static endpoint => $"{endpoint.HostName}:{endpoint.Port}"));
    }

    /// <summary>The brokers, for people.</summary>
    public string Described { get; }

    /// <summary>The brokers, in the order in which they are tried.</summary>
    internal IReadOnlyList<AmqpTcpEndpoint> EndPoints { get; }

    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        factory.CreateConnectionAsync(EndPoints, $"clew {ProductVersion.Text}", cancellationToken);

    private static AmqpTcpEndpoint EndPoint(string address, bool tls)
    {
        int colon = address.EndsWith(']') ? -1 : address.LastIndexOf(':');
        string host = colon < 0 ? address : address[..colon];
        int port = colon < 0 ? AmqpTcpEndpoint.UseDefaultPort : int.Parse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        return new AmqpTcpEndpoint(host, port, new SslOption(host, enabled: tls), MessageBytesMax);
    }
}
