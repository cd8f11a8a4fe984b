using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Clew.Server.Hosting;

/// <summary>No place at all: what a listener is bound to that has a pipeline but no connections of its own.</summary>
internal sealed class NowhereEndPoint : EndPoint
{
    public override string ToString() => "nowhere";
}

/// <summary>Binds <see cref="NowhereEndPoint"/>.</summary>
internal sealed class NowhereTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is NowhereEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(new NowhereListener(endpoint));

    private sealed class NowhereListener(EndPoint endPoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint { get; } = endPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(unbound.Task);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            unbound.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
