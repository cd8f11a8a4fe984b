using Clew.Model;

namespace Clew.Server.Configuration;

/// <summary>The RabbitMQ queue that Zipkin clients' span messages are taken from. Off unless a broker is named.</summary>
internal sealed record RabbitMqOptions
{
    /// <summary>The broker as an AMQP URI; <c>amqps</c> is TLS. Empty when <see cref="Addresses"/> or nobody names it. Default empty.</summary>
    public string Uri { get; init; } = "";

    /// <summary>Brokers as <c>host:port</c>, of which the first that answers is used. Default none.</summary>
    public EquatableList<string> Addresses { get; init; } = EquatableList<string>.None;

    /// <summary>The queue; declared durable when it is not there. Default Zipkin's <c>zipkin</c>.</summary>
    public string Queue { get; init; } = "zipkin";

    /// <summary>Default <c>/</c>. What <see cref="Uri"/> says goes before it, also for user and password.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>Default <c>guest</c>, which brokers accept from their own machine only.</summary>
    public string User { get; init; } = "guest";

    /// <summary>Default <c>guest</c>.</summary>
    public string Password { get; init; } = "guest";

    /// <summary>TLS to <see cref="Addresses"/>. Default without.</summary>
    public bool Tls { get; init; }

    /// <summary>Consumers of the queue, each with a channel of its own. Default 1.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Messages a consumer has in hand at once: being stored, or waiting to be given back. Default 16.</summary>
    public int PrefetchMax { get; init; } = 16;

    /// <summary>Milliseconds to connect to one address. Default 1 min, as Zipkin.</summary>
    public int ConnectTimeoutMs { get; init; } = 60_000;

    public bool NamesBroker() => Uri.Length > 0 || Addresses.Count > 0;
}
