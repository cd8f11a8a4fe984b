using System.Globalization;
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
    private readonly AmqpTcpEndpoint[] endpoints;

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
            factory.Uri = new Uri(options.Uri);
        endpoints = options.Addresses.Count > 0 ? [.. options.Addresses.Select(address => EndPoint(address, options.Tls))] : [factory.Endpoint];
        foreach (AmqpTcpEndpoint endpoint in endpoints)
            Described = Described.Length == 0 ? Describe(endpoint) : $"{Described}, {Describe(endpoint)}";
    }

    /// <summary>The brokers, for people.</summary>
    public string Described { get; } = "";

    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        factory.CreateConnectionAsync(endpoints, $"clew {ProductVersion.Text}", cancellationToken);

    private static AmqpTcpEndpoint EndPoint(string address, bool tls)
    {
        int colon = address.EndsWith(']') ? -1 : address.LastIndexOf(':');
        string host = colon < 0 ? address : address[..colon];
        int port = colon < 0 ? AmqpTcpEndpoint.UseDefaultPort : int.Parse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture);
        return new AmqpTcpEndpoint(host, port, new SslOption(host, enabled: tls), MessageBytesMax);
    }

    private static string Describe(AmqpTcpEndpoint endpoint) => $"{endpoint.HostName}:{endpoint.Port}";
}
