namespace Clew.TestKit;

/// <summary>One broker for the tests of a class, each with queues of its own; none where none is installed.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private RabbitMqServer? server;

    public RabbitMqServer Server => server ?? throw new InvalidOperationException(RabbitMqServer.MissingReason);

    public async Task InitializeAsync()
    {
        if (RabbitMqServer.MissingReason is null)
            server = await RabbitMqServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
