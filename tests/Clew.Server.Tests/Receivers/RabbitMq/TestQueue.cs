using RabbitMQ.Client;

namespace Clew.Server.Tests.Receivers.RabbitMq;

/// <summary>The other side of the broker: publishes with confirmation, looks at a queue.</summary>
internal sealed class TestQueue(IConnection connection, string name) : IAsyncDisposable
{
    public string Name => name;

    public static async Task<TestQueue> OpenAsync(Uri broker) =>
        new(await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(), $"spans-{Guid.NewGuid():N}");

    /// <summary>The same connection for a queue of another name.</summary>
    public TestQueue WithName(string other) => new(connection, other);

    public async Task DeclareAsync(IDictionary<string, object?>? arguments = null)
    {
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments);
    }

    /// <summary>Sends messages as Zipkin's reporters do: default exchange, the queue as routing key. Done when the broker has them.</summary>
    public async Task PublishAsync(params IEnumerable<byte[]> bodies)
    {
        await using IChannel channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        foreach (byte[] body in bodies)
            await channel.BasicPublishAsync("", name, mandatory: true, new BasicProperties { Persistent = true }, body);
    }

    /// <summary>Messages that wait for a consumer; those a consumer has in hand do not count.</summary>
    public async Task<uint> WaitingAsync()
    {
        await using IChannel channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(name)).MessageCount;
    }

    public async Task DeleteAsync()
    {
        await using IChannel channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(name);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
