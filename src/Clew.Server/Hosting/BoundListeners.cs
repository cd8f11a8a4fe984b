using System.Collections.Concurrent;
using System.Net;

namespace Clew.Server.Hosting;

/// <summary>
/// Where the listeners of one server really are once it has started: what a configured port 0 became. Filled while the server starts,
/// read from any thread.
/// </summary>
internal sealed class BoundListeners
{
    private readonly ConcurrentDictionary<ListenerRole, Func<IPEndPoint?>> endpoints = new();

    /// <summary>The bound address, or null when the listener is off or not bound yet.</summary>
    public IPEndPoint? this[ListenerRole role] =>
        endpoints.TryGetValue(role, out Func<IPEndPoint?>? endpoint) && endpoint() is { Port: > 0 } bound ? bound : null;

    /// <summary>A URL of the listener that a program on this machine can use.</summary>
    /// <exception cref="InvalidOperationException">The listener is off or not bound yet.</exception>
    public Uri UrlOf(ListenerRole role)
    {
        IPEndPoint endpoint = this[role] ?? throw new InvalidOperationException($"Nothing listens for {role}.");
        return new UriBuilder(Listener.Of(role).UrlScheme, Reachable(endpoint.Address).ToString(), endpoint.Port).Uri;
    }

    /// <param name="role">What listens.</param>
    /// <param name="endpoint">Gives the address once it is bound: Kestrel learns it only while starting.</param>
    public void Add(ListenerRole role, Func<IPEndPoint?> endpoint) => endpoints[role] = endpoint;

    // "Any address" can be bound, not connected to.
    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
}
